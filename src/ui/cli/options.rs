//! What can be typed on the command line. The doc comments are the help.

use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::desk::clock::Wall;
use crate::desk::error::JournalError;
use crate::desk::preferences::Which;
use crate::desk::rehearsal::drill::Severity;
use crate::desk::settings::Home;
use crate::desk::{Desk, Error, Mode};
use crate::ui::words::Lang;

use super::import_args::{ImportArgs, date};

/// 对号：守住拍摄顺序，证明照片是谁的，跟进没有照片的人
#[derive(Debug, Parser)]
#[command(name = "duihao", version, disable_help_subcommand = true)]
pub struct Options {
    /// 数据库文件（缺省：$DUIHAO_DB，否则上次用的批次，否则 duihao.db）
    #[arg(long, global = true, value_name = "FILE")]
    pub db: Option<PathBuf>,
    /// 语言：zh 或 en
    #[arg(long, global = true)]
    pub lang: Option<LangArg>,
    /// 标准输出只有一个 JSON 文档
    #[arg(long, global = true)]
    pub json: bool,
    /// 有错误也导入
    #[arg(long, global = true)]
    pub yes: bool,
    /// 只读打开：只看，什么都不写
    #[arg(long, global = true)]
    pub view: bool,
    /// 界面的线条和符号只用 ASCII（老的 Windows 控制台）
    #[arg(long, global = true)]
    pub ascii: bool,
    /// 做什么；不写则打开界面
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// A language as typed.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum LangArg {
    /// 中文
    Zh,
    /// English
    En,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// 样例日：在终端里打开总览；--headless 则做完全部工作并导出
    Demo(DemoArgs),
    /// 演练：十分钟，走廊自己出状况，您来处理，最后打分；只在内存里，不碰真的数据
    Rehearse(RehearseArgs),
    /// 按批次文件新建数据库
    New(NewArgs),
    /// 导入安排表、名单、免拍缴费名单或现场记录
    Import(ImportArgs),
    /// 记一条现场动作（等于现场记录的一行）
    Act(ActArgs),
    /// 处理一条异常
    Settle(SettleArgs),
    /// 撤销
    Undo(UndoArgs),
    /// 恢复最近一次撤销
    Redo,
    /// 各采集点、学院、班级的人数
    Status(StatusArgs),
    /// 全部异常
    Check,
    /// 谁在何时做了什么
    Log(LogArgs),
    /// 核对日志链是否完整
    Verify,
    /// 导出：mapping 照片对应表、no-shows 未拍名单、summary 汇总、contact-sheet 班级对照页、evidence 证明页、pack 摄影师用表、signatures 签到表、tokens 号牌、notices 通知、corrections 更正名单、closing 确认单、checklist 打印包
    Export(ExportArgs),
    /// 照片：读文件夹、核对是谁的、处理、按名复制
    #[command(subcommand)]
    Photos(PhotosCommand),
    /// 备份数据库
    Backup(BackupArgs),
    /// 自检：硬盘、时钟、数据库；打印的文字可以发给别人看
    Doctor,
    /// 永久删除一份名单、一个人或某几条记录的内容
    Forget(ForgetArgs),
}

/// 样例日
#[derive(Debug, Args)]
pub struct DemoArgs {
    /// 不打开界面
    #[arg(long)]
    pub headless: bool,
    /// 导出到此文件夹
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
}

/// 演练
#[derive(Debug, Args)]
pub struct RehearseArgs {
    /// 状况多少：light 少，usual 平常，hard 多
    #[arg(long, value_enum, default_value = "usual")]
    pub severity: SeverityArg,
    /// 快慢：1 到 4 倍
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u8).range(1..=4))]
    pub speed: u8,
    /// 同一个数，同一套状况；不写则每次不同
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,
    /// 几分钟
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u16).range(1..=60))]
    pub minutes: u16,
}

/// How much goes wrong, as typed.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum SeverityArg {
    /// 少
    Light,
    /// 平常
    Usual,
    /// 多
    Hard,
}

impl From<SeverityArg> for Severity {
    fn from(arg: SeverityArg) -> Self {
        match arg {
            SeverityArg::Light => Self::Light,
            SeverityArg::Usual => Self::Usual,
            SeverityArg::Hard => Self::Hard,
        }
    }
}

/// 新建
#[derive(Debug, Args)]
pub struct NewArgs {
    /// 批次文件（TOML）
    pub campaign: PathBuf,
}

/// 现场动作
#[derive(Debug, Args)]
pub struct ActArgs {
    /// 动作：签到 签名 发号 进场 拍摄 重拍 补记 过号 让位 插入 换号 作废 补发 交号 缺号 改号 登记 认领 暂缓 返回 调班 更正 计数 对时 试拍 换卡 换相机 暂停 恢复 缴费
    pub action: String,
    /// 采集点
    #[arg(long, default_value = "")]
    pub room: String,
    /// 学号、证件号、考生号或姓名
    #[arg(long)]
    pub student: Option<String>,
    /// 拍摄序号，或一段 0422B-0431B
    #[arg(long)]
    pub token: Option<String>,
    /// 另一个人
    #[arg(long)]
    pub with: Option<String>,
    /// 数值
    #[arg(long)]
    pub value: Option<String>,
    /// 时间：09:41:07 或 2020-09-13T09:41:07
    #[arg(long)]
    pub at: Option<String>,
    /// 备注
    #[arg(long)]
    pub note: Option<String>,
}

/// 处理异常
#[derive(Debug, Args)]
pub struct SettleArgs {
    /// 异常编号（check 里的 id）
    pub finding: String,
    /// 处理方式（check 里的 choices 之一；认领写作 认领:学号）
    pub choice: String,
}

/// 撤销
#[derive(Debug, Args)]
pub struct UndoArgs {
    /// STATION:SEQ；不写则撤销本机最近一次
    pub command: Option<String>,
    /// 只看会撤销什么
    #[arg(long)]
    pub dry_run: bool,
}

/// 人数
#[derive(Debug, Args)]
pub struct StatusArgs {
    /// 采集点
    #[arg(long, conflicts_with_all = ["college", "class"])]
    pub room: Option<String>,
    /// 学院
    #[arg(long, conflicts_with = "class")]
    pub college: Option<String>,
    /// 班级
    #[arg(long)]
    pub class: Option<String>,
}

/// 日志
#[derive(Debug, Args)]
pub struct LogArgs {
    /// 最近几条
    #[arg(long, default_value_t = 50)]
    pub last: usize,
}

/// What can be exported.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum WhatArg {
    /// 照片对应表
    Mapping,
    /// 未拍名单
    NoShows,
    /// 汇总
    Summary,
    /// 班级照片对照页（html、xlsx）
    ContactSheet,
    /// 证明页：还要核对的几张脸（html、xlsx）
    Evidence,
    /// 摄影师用表与标记卡，不含姓名（html、xlsx）
    Pack,
    /// 签到表，每班一页（html、xlsx）
    Signatures,
    /// 号牌（html、xlsx）
    Tokens,
    /// 各班通知与未缴费、无采集码、未核对名单（txt、html、xlsx、csv、json）
    Notices,
    /// 需更正学籍信息名单
    Corrections,
    /// 图像采集人数确认单，不含姓名
    Closing,
    /// 打印包：每个采集点一个文件夹（--out 是文件夹）
    Checklist,
}

/// Formats.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum FormatArg {
    /// Excel
    Xlsx,
    /// csv
    Csv,
    /// 网页
    Html,
    /// JSON
    Json,
}

/// 导出
#[derive(Debug, Args)]
pub struct ExportArgs {
    /// 导出什么
    pub what: WhatArg,
    /// 只要这个学院
    #[arg(long)]
    pub college: Option<String>,
    /// 只要这个采集点
    #[arg(long)]
    pub room: Option<String>,
    /// 只要这个班
    #[arg(long)]
    pub class: Option<String>,
    /// 只要这一天
    #[arg(long, value_parser = date)]
    pub date: Option<NaiveDate>,
    /// 对应表带缩略图（只有 xlsx）
    #[arg(long)]
    pub thumbs: bool,
    /// 号牌只印这一段，如 0001A-0120A
    #[arg(long)]
    pub range: Option<String>,
    /// 格式；缺省看 --out 的后缀，否则 xlsx
    #[arg(long)]
    pub format: Option<FormatArg>,
    /// 写到哪个文件
    #[arg(long, value_name = "PATH")]
    pub out: PathBuf,
}

/// 照片
#[derive(Debug, Subcommand)]
pub enum PhotosCommand {
    /// 读一个照片文件夹（一台相机读一次；原件不动）
    Read(ReadArgs),
    /// 哪张照片是谁的、有多大把握、哪里错位
    Review(ReviewArgs),
    /// 作出决定：确认 指定 无照 不要 重拍 互换 平移 采用 全班 时差
    Settle(RuleArgs),
    /// 把可用的照片按姓名学号等复制到新文件夹
    Copy(CopyArgs),
}

/// 读照片
#[derive(Debug, Args)]
pub struct ReadArgs {
    /// 照片文件夹
    pub dir: PathBuf,
    /// 采集点
    #[arg(long)]
    pub room: Option<String>,
    /// 日期；缺省：该采集点唯一有拍摄的那天
    #[arg(long, value_parser = date)]
    pub date: Option<NaiveDate>,
    /// 相机时差：相机时钟减现场记录，秒
    #[arg(long, allow_hyphen_values = true, value_parser = seconds)]
    pub offset: Option<f64>,
}

/// 核对照片
#[derive(Debug, Args)]
pub struct ReviewArgs {
    /// 采集点
    #[arg(long)]
    pub room: Option<String>,
    /// 日期
    #[arg(long, value_parser = date)]
    pub date: Option<NaiveDate>,
    /// 全部列出
    #[arg(long)]
    pub all: bool,
}

/// 决定照片
#[derive(Debug, Args)]
pub struct RuleArgs {
    /// 确认 指定 无照 不要 重拍 互换 平移 采用 全班 时差 撤下（confirm pair gap drop retake swap shift apply class offset withdraw）
    pub what: String,
    /// 采集点
    #[arg(long)]
    pub room: Option<String>,
    /// 日期
    #[arg(long, value_parser = date)]
    pub date: Option<NaiveDate>,
    /// 照片：文件夹下的路径或文件名
    #[arg(long)]
    pub photo: Option<String>,
    /// 学号或姓名
    #[arg(long)]
    pub student: Option<String>,
    /// 拍摄序号；平移时是第一位
    #[arg(long)]
    pub token: Option<String>,
    /// 另一位；平移时是最后一位
    #[arg(long)]
    pub with: Option<String>,
    /// 平移几张
    #[arg(long, allow_hyphen_values = true)]
    pub by: Option<i32>,
    /// 原因编号（review 里的 id）
    #[arg(long)]
    pub cause: Option<String>,
    /// 班级
    #[arg(long)]
    pub class: Option<String>,
    /// 时差，秒；不写则确认算出来的那个
    #[arg(long, allow_hyphen_values = true, value_parser = seconds)]
    pub value: Option<f64>,
    /// 时差是哪台相机的：机型或机号
    #[arg(long)]
    pub camera: Option<String>,
    /// 撤下哪个读过的文件夹
    #[arg(long)]
    pub folder: Option<String>,
}

/// 复制照片
#[derive(Debug, Args)]
pub struct CopyArgs {
    /// 新文件夹
    pub dir: PathBuf,
    /// 文件名样式，如 {class}/{id_no}.jpg
    #[arg(long, default_value = "{id_no}.jpg")]
    pub name: String,
    /// 只要这个学院
    #[arg(long)]
    pub college: Option<String>,
    /// 只要这个班
    #[arg(long)]
    pub class: Option<String>,
    /// 只要这个采集点
    #[arg(long)]
    pub room: Option<String>,
    /// 只要这一天
    #[arg(long, value_parser = date)]
    pub date: Option<NaiveDate>,
    /// 连待核对的也复制
    #[arg(long)]
    pub doubts: bool,
    /// 缺命名内容（如没有身份证号）的人先不复制，其余照常
    #[arg(long)]
    pub skip_lacking: bool,
    /// 撤销：删去这个文件夹里复制出来的照片
    #[arg(long)]
    pub undo: bool,
}

/// 备份
#[derive(Debug, Args)]
pub struct BackupArgs {
    /// 备份文件
    pub path: PathBuf,
}

/// 永久删除
#[derive(Debug, Args)]
pub struct ForgetArgs {
    /// 名单文件名、学号、证件号或唯一的姓名；或 STATION:SEQ，可多个（见 log）
    #[arg(required = true)]
    pub targets: Vec<String>,
    /// 只看会删什么
    #[arg(long)]
    pub dry_run: bool,
}

// A hundred years are more than any clock is off by.
fn seconds(text: &str) -> Result<f64, String> {
    text.trim().parse::<f64>().ok().filter(|s| s.is_finite() && s.abs() < 3.2e9).ok_or_else(|| "197".to_owned())
}

impl Options {
    /// The language: asked for, preferred, else Chinese.
    pub fn language(&self) -> Lang {
        match self.lang {
            Some(LangArg::Zh) => Lang::Zh,
            Some(LangArg::En) => Lang::En,
            None if Home::find().preferences().word(Which::Language) == "en" => Lang::En,
            None => Lang::Zh,
        }
    }

    /// Opens the database that is meant.
    pub fn open(&self, mode: Mode) -> Result<Desk, Error> {
        let home = Home::find();
        let path = home.database(self.db.as_deref());
        // Nothing is written into a new file in whatever folder this is while the campaign lies on a stick.
        if !self.names_database()
            && !path.exists()
            && let Some(missing) = home.missing_campaign()
        {
            return Err(JournalError::NotFound(missing).into());
        }
        self.open_at(&home, &path, mode)
    }

    /// True where a database is named, by `--db` or `$DUIHAO_DB`.
    pub fn names_database(&self) -> bool {
        self.db.is_some() || std::env::var_os("DUIHAO_DB").is_some_and(|v| !v.is_empty())
    }

    /// True where the database that is meant is there.
    pub fn is_there(&self) -> bool {
        Home::find().database(self.db.as_deref()).exists()
    }

    /// Opens the database that is meant for writing about what is in it: there is nothing to say about one that is not there.
    pub fn open_known(&self, mode: Mode) -> Result<Desk, Error> {
        let home = Home::find();
        let path = home.database(self.db.as_deref());
        if !path.exists() {
            return self.open_at(&home, &path, Mode::Read);
        }
        self.open_at(&home, &path, mode)
    }

    /// Opens this database.
    pub fn open_at(&self, home: &Home, path: &Path, mode: Mode) -> Result<Desk, Error> {
        let mode = if self.view { Mode::Read } else { mode };
        let desk = Desk::open(path, home.path(), mode, Box::new(Wall))?;
        // Whoever only looks into another file goes on with their own.
        if !matches!(mode, Mode::Read) {
            home.remember_campaign(path);
        }
        Ok(desk)
    }
}
