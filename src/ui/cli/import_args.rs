//! What can be typed after `duihao import`. The doc comments are the help.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args, ValueEnum};

use crate::desk::chosen::Chosen;

/// What a file is taken as.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum SortArg {
    /// 安排表
    Schedule,
    /// 名单
    Roster,
    /// 免拍、缴费名单
    Marks,
    /// 现场记录
    Log,
}

/// 导入
#[derive(Debug, Args)]
pub struct ImportArgs {
    /// 作为什么导入
    pub sort: SortArg,
    /// 文件或文件夹，可多个
    #[arg(required = true)]
    pub files: Vec<PathBuf>,
    /// 只读这一张工作表
    #[arg(long)]
    pub sheet: Option<String>,
    /// 表里没有写全日期时用它
    #[arg(long, value_parser = date)]
    pub date: Option<NaiveDate>,
    /// 只看，不导入
    #[arg(long)]
    pub dry_run: bool,
    /// 说明各列的含义：学号=B,姓名=XM,不取=备注2（表头或列号），同样表头的名单以后都照此
    #[arg(long)]
    pub columns: Option<String>,
    /// 名单里与采集无关的列，照表头保留：手机,民族（可写几次，最多 8 列），同样表头的名单以后都照此
    #[arg(long)]
    pub keep: Vec<String>,
    /// 采用列出的改法：all，或编号 1,3（先看 --dry-run）
    #[arg(long, value_parser = chosen)]
    pub repair: Option<Chosen>,
    /// 名单再次导入：疑似同一人的，都按同一人处理
    #[arg(long)]
    pub same: bool,
    /// 名单再次导入：同名、学号不同的，都是另外的人，另算
    #[arg(long, conflicts_with = "same")]
    pub others: bool,
    /// 名单再次导入：不在新名单里的人不再列入应到（安排表不用它：同一间屋同一天，后导的自动代替先导的）
    #[arg(long)]
    pub replace: bool,
}

/// A date as people type it, `2020-09-13`, `2020/9/13`.
pub fn date(text: &str) -> Result<NaiveDate, String> {
    let text = text.replace(['/', '.'], "-");
    NaiveDate::parse_from_str(&text, "%Y-%m-%d").map_err(|_| "YYYY-MM-DD".to_owned())
}

// `all`, or numbers from 1 as they are printed.
fn chosen(text: &str) -> Result<Chosen, String> {
    let number = |t: &str| t.trim().parse::<usize>().ok().and_then(|n| n.checked_sub(1));
    match text.trim() {
        "all" | "全部" => Ok(Chosen::All),
        some => some.split([',', '，', '、']).map(number).collect::<Option<_>>().map(Chosen::Only).ok_or_else(|| "all | 1,3".to_owned()),
    }
}
