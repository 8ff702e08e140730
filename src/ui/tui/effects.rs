//! What the screen asks for is carried out here, and what the work in the background made becomes facts.

use std::path::{Path, PathBuf};

use ratatui::layout::Rect;
use ratatui_image::picker::ProtocolType;

use super::card;
use super::glyphs;
use super::handing_out;
use super::keys::Screen;
use super::msg::{Effect, Msg, Then, Unpreferred, Worked};
use super::photos::copying::CopyAsk;
use super::photos::pictures::Pictures;
use super::scanner::Scanner;
use super::screens::{photos, roster};
use super::stage::Stage;
use super::theme::Theme;
use super::update::update;
use crate::desk::copying::{self, CopyPlan};
use crate::desk::jobs::{Job, Report};
use crate::desk::photographs::{self, FolderRead, ReadPlan};
use crate::desk::preferences::Which;
use crate::desk::{Error, checkup, pictures};
use crate::ui::words::{Lang, screen};

impl Stage {
    // What the worker made becomes facts here: only the desk writes.
    pub(super) fn report(&mut self, report: Report, at: i64) {
        self.ui.now = self.desk.now();
        let worked = match report {
            Report::Printing(done, total) => return self.feed(Msg::Printing(done, total), at),
            Report::Printed(result) => return self.feed(Msg::Printed(handing_out::shown(&self.desk, result)), at),
            Report::HandedOut(result) => return self.feed(Msg::HandedOut(handing_out::shown(&self.desk, result)), at),
            Report::BackedUp(result) => return self.feed(Msg::BackedUp(result.map(Some)), at),
            Report::At(pace) => Worked::At(pace),
            Report::Read(read) => match photographs::take(&mut self.desk, &read.1, None) {
                Ok(()) => {
                    // The files may be others than those seen before.
                    self.ui.pictures.forget();
                    let (told, pictures) = (read.1.told, &read.1.pictures);
                    let elsewhere = photographs::elsewhere(self.desk.day(), &told.session, pictures);
                    let strangers = photographs::strangers(self.desk.day(), &told.session, &told.folder);
                    Worked::Read(Box::new(FolderRead { elsewhere, strangers, ..told }))
                }
                Err(why) => {
                    self.hands.stop();
                    Worked::Failed(why)
                }
            },
            Report::Checked(checked) => {
                let (plan, checked) = *checked;
                match photographs::take_checks(&mut self.desk, &plan, checked) {
                    Ok(()) => {
                        let (unopened, strange) = photographs::trouble(self.desk.day(), &plan);
                        Worked::Measured(unopened, strange)
                    }
                    Err(why) => Worked::Failed(why),
                }
            }
            Report::Look(report) => {
                let begun = self.backstage.report(report, &self.desk, self.ui.words.lang);
                return self.feed(Msg::Begun(begun), at);
            }
            Report::Copied(copied) => match copying::note(&mut self.desk, &copied) {
                Ok(()) => Worked::Copied(copied.folder, copied.done.copied + copied.done.kept),
                Err(why) => Worked::Failed(why),
            },
            Report::CopyStopped(done, of) => Worked::CopyStopped(done, of),
            Report::Failed(why) => Worked::Failed(why),
            Report::Stopped => Worked::Stopped,
        };
        if matches!(worked, Worked::Read(_) | Worked::Measured(..) | Worked::Copied(..)) {
            self.look();
        }
        self.feed(Msg::Worked(worked), at);
    }

    pub(super) fn carry_out(&mut self, effect: Effect) -> Option<Msg> {
        match effect {
            Effect::Ask { ask, then } => {
                let result = self.desk.submit_judged(ask);
                self.look_again(then == Then::Ruled);
                Some(Msg::Done(then, Box::new(result)))
            }
            Effect::After { first, then } => match self.desk.submit_judged(first) {
                Ok(_) => {
                    self.look();
                    self.carry_out(*then)
                }
                Err(why) => Some(Msg::Done(Then::Plain, Box::new(Err(why)))),
            },
            Effect::Read(session, folder) => {
                let plan = ReadPlan::of(self.desk.day(), &session, Path::new(&folder));
                self.give(Job::Read(plan))
            }
            Effect::Begin(wish) => {
                let wakes = self.wakes.0.clone();
                self.backstage.carry_out(wish, &self.desk, self.ui.words.lang, &wakes).map(Msg::Begun)
            }
            Effect::PlanCopy(ask) => {
                let plan = self.plan(&ask);
                Some(Msg::Planned(ask, Box::new(plan)))
            }
            Effect::Copy(ask, shown) => match self.plan(&ask) {
                Ok(plan) if plan.plan.identity() == shown => self.give(Job::Copy(Box::new(plan), ask.dest())),
                // Something was decided meanwhile: what would leave now is shown first.
                other => Some(Msg::Planned(ask, Box::new(other))),
            },
            Effect::Stop => {
                self.hands.stop();
                None
            }
            Effect::CheckUp => {
                let home = self.home.as_ref().map_or_else(std::env::temp_dir, |h| h.path().to_owned());
                Some(Msg::CheckedUp(checkup::of(&self.desk, &home)))
            }
            Effect::Prefer(Which::PrintFolder, text) if !text.is_empty() => {
                let path = self.backstage.path(&text);
                if !path.is_dir() {
                    return Some(Msg::Unpreferred(Unpreferred::NoFolder(text)));
                }
                self.prefer(Which::PrintFolder, &path.to_string_lossy())
            }
            Effect::Prefer(which, word) => self.prefer(which, &word),
            Effect::PreferUsual => Which::ALL.into_iter().filter_map(|which| self.prefer(which, which.usual())).next_back(),
            Effect::PrintPack => self.print(),
            Effect::HandOut { wanted, asked } => {
                let job = handing_out::job(&self.desk, self.ui.words.lang, &wanted, asked)?;
                self.hands.give(job).err().map(|why| Msg::HandedOut(Err(why)))
            }
            Effect::BackUp(to) => match handing_out::backup(&self.desk, self.ui.words.lang, &to) {
                Some(job) => self.hands.give(job).err().map(|why| Msg::BackedUp(Err(why))),
                None => Some(Msg::BackedUp(Ok(None))),
            },
            Effect::View(folder, path) => Some(Msg::Viewed(pictures::view(&folder, &path))),
        }
    }

    // In force at once, and kept where there is a home: a practice leaves nothing behind.
    fn prefer(&mut self, which: Which, word: &str) -> Option<Msg> {
        self.ui.preferences.set(which, word);
        self.apply(which);
        let kept = self.home.as_ref().is_none_or(|home| home.prefer(which, word));
        (!kept).then_some(Msg::Unpreferred(Unpreferred::NotKept))
    }

    /// Brings a preference into force.
    pub(super) fn apply(&mut self, which: Which) {
        let word = self.ui.preferences.word(which).to_owned();
        match which {
            Which::Language => {
                self.ui.words = screen::of(if word == "en" { Lang::En } else { Lang::Zh });
                self.ui.reword();
            }
            Which::Colours => self.ui.theme = Theme::of_word(&word),
            Which::Signs => self.ui.plain_signs = glyphs::plain_by(&word),
            Which::Burst => {
                let limit = self.ui.preferences.number(which);
                self.scanner = Scanner::with_limit(limit);
                self.ui.finder.set_limit(limit);
            }
            Which::Pictures => {
                if let Some(protocol) = Pictures::of_word(&word) {
                    self.draw_pictures_as(protocol);
                }
            }
            // Looked up when they are needed.
            Which::Bell | Which::Mouse | Which::Reveal | Which::PrintFolder => {}
        }
    }

    /// Where the print pack goes.
    pub(super) fn pack_folder(&self) -> PathBuf {
        super::eve::pack_folder(&self.desk, self.ui.words.lang, self.ui.preferences.word(Which::PrintFolder))
    }

    fn print(&mut self) -> Option<Msg> {
        let folder = self.pack_folder();
        let given = super::eve::pack(&self.desk, self.ui.words.lang, &folder).and_then(|plan| self.hands.give(Job::Print(Box::new(plan))));
        given.err().map(|why| Msg::Printed(Err(why)))
    }

    fn give(&mut self, job: Job) -> Option<Msg> {
        self.hands.give(job).err().map(|why| Msg::Worked(Worked::Failed(why)))
    }

    fn plan(&self, ask: &CopyAsk) -> Result<CopyPlan, Error> {
        copying::plan(&self.desk, &ask.template, &ask.only(self.desk.day()), ask.choice())
    }

    /// Tells the card how its photograph stands. What has to be worked out for that takes longer than a frame: it waits for the clock's
    /// next tick, so that the key that opened the card is drawn before.
    pub(super) fn note_photograph(&mut self, calm: bool) {
        let Some((key, subject)) = self.ui.roster.card.waits() else { return };
        let review = match self.desk.review_at_hand(&key) {
            Some(review) => review,
            None if calm => match self.reviewed(&key, false) {
                Some(review) => review,
                None => return,
            },
            None => return,
        };
        let said = card::photograph(self.ui.words.lang, self.desk.day(), &review, &subject);
        update(&mut self.ui, self.desk.day(), Msg::Photographed(said), 0);
    }

    // What is in sight is asked for once; it comes as a wake.
    pub(super) fn ask_pictures(&mut self) {
        if self.ui.cramped() {
            return;
        }
        let area = Rect { x: 0, y: 0, width: self.ui.size.0, height: self.ui.size.1 };
        let wanted = match self.ui.screen {
            Screen::Photos => photos::pictures(&self.ui, area),
            Screen::Roster => roster::picture(&self.ui, area).into_iter().collect(),
            _ => return,
        };
        for (wanted, cells) in wanted {
            if self.ui.pictures.ask(&wanted, cells) {
                self.hands.shrink(wanted);
            }
        }
    }

    /// Draws pictures by this protocol from now on.
    pub fn draw_pictures_as(&mut self, protocol: ProtocolType) {
        // Most terminals tell their pixels; where they do not, a usual cell is taken.
        let cell =
            crossterm::terminal::window_size().ok().and_then(|w| Some((w.width.checked_div(w.columns)?, w.height.checked_div(w.rows)?)));
        self.ui.pictures = Pictures::drawn_as(protocol, cell.filter(|c| c.0 > 0 && c.1 > 0).unwrap_or((10, 20)));
    }
}
