"""click in two languages: help, usage and errors follow `--lang`, which may stand anywhere."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, TypeVar

import click

from scanner import __version__
from scanner.commands.words import WORDS, Words
from scanner.commands.wrap import ColumnsFormatter
from scanner.lang import Lang, default_lang, set_lang, tr

_LANG_KEY = "scanner.lang"
_EXTRA = re.compile(r"unexpected extra arguments? \((.*)\)")
F = TypeVar("F", bound=Callable[..., Any])


class BiOption(click.Option):
    """An option whose help is written in both languages."""

    def __init__(self, *args: Any, words: Words = ("", ""), **attrs: Any) -> None:
        super().__init__(*args, **attrs)
        self.words = words

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """The option's line of help in the language in force."""
        if any(self.words):
            self.help = tr(*self.words)
        return super().get_help_record(ctx)


class _BiMixin(click.Command):
    """Help, usage and headings of a command in the language in force."""

    words: Words

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The usage line."""
        pieces = [tr("[选项]", "[OPTIONS]")]
        for param in self.get_params(ctx):
            pieces.extend(param.get_usage_pieces(ctx))
        if isinstance(self, click.Group):
            pieces.append(tr("命令 [参数]...", "COMMAND [ARGS]..."))
        formatter.write(f"{tr('用法：', 'Usage: ')}{ctx.command_path} {' '.join(pieces)}\n")

    def format_help_text(
        self,
        ctx: click.Context,  # noqa: ARG002 - click's signature
        formatter: click.HelpFormatter,
    ) -> None:
        """The description."""
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(tr(*self.words))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options, and the commands of a group."""
        options = [p for p in self.get_params(ctx) if isinstance(p, click.Option)]
        records = [option.get_help_record(ctx) for option in options]
        rows = [record for record in records if record is not None]
        if rows:
            with formatter.section(tr("选项", "Options")):
                formatter.write_dl(rows)
        if isinstance(self, click.Group):
            self.format_commands(ctx, formatter)

    def get_short_help_str(self, limit: int = 45) -> str:  # noqa: ARG002
        """The first line of the description, for the list of commands."""
        return tr(*self.words).partition("\n")[0]

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """`--help`, described in the language in force."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = tr("显示这份说明后退出。", "Show this help and exit.")
        return option


class BiCommand(_BiMixin, click.Command):
    """A command described in both languages: `words` is a key of `WORDS`."""

    def __init__(self, *args: Any, words: str, **attrs: Any) -> None:
        super().__init__(*args, **attrs)
        self.words = WORDS[words]


class BiContext(click.Context):
    """A context whose help is laid out by columns."""

    formatter_class = ColumnsFormatter


_BiMixin.context_class = BiContext


class BiGroup(_BiMixin, click.Group):
    """A group of such commands."""

    command_class = BiCommand

    def __init__(self, *args: Any, words: str, **attrs: Any) -> None:
        super().__init__(*args, **attrs)
        self.words = WORDS[words]

    def format_commands(
        self,
        ctx: click.Context,  # noqa: ARG002 - click's signature
        formatter: click.HelpFormatter,
    ) -> None:
        """The list of commands, in the order they are used."""
        rows = [(name, self.commands[name].get_short_help_str()) for name in self.commands]
        with formatter.section(tr("命令", "Commands")):
            formatter.write_dl(rows)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Names in the order in which they were defined."""
        return list(self.commands)


class Day(click.ParamType[date]):
    """A day written as 2026-11-22."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day, or a usage error that says how to write one."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(
                tr(f"{value} 不是日期，应写成 2026-11-22", f"{value} is no day: write 2026-11-22"),
                param,
                ctx,
            )


DAY = Day()


def option(words: str, *names: str, **attrs: Any) -> Callable[[F], F]:
    """`click.option` with its help in both languages: `words` is a key of `WORDS`."""
    return click.option(*names, cls=BiOption, words=WORDS[words], **attrs)


def lang_option(function: F) -> F:
    """`--lang`, for every command and group: what it says holds wherever it stands."""
    return option(
        "lang",
        "--lang",
        type=click.Choice(["zh", "en"]),
        expose_value=False,
        callback=_note_language,
    )(function)


def _note_language(ctx: click.Context, _param: click.Parameter, value: str | None) -> None:
    if value is not None:
        ctx.meta[_LANG_KEY] = value


def asked_language() -> str | None:
    """The language that was asked for on the line; None where none was."""
    return click.get_current_context().meta.get(_LANG_KEY)


def tell_version(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
    """Print the program's version and end."""
    if value:
        click.echo(f"privacy-sweep {__version__}")
        ctx.exit()


def language_of(args: Sequence[str]) -> Lang:
    """The language asked for anywhere in `args`, else that of the locale.

    Looked for before the words are parsed, so that help and errors speak it as well.
    """
    for index, word in enumerate(args):
        value = args[index + 1] if word == "--lang" and index + 1 < len(args) else None
        if word.startswith("--lang="):
            value = word.removeprefix("--lang=")
        if word == "--":
            break
        if value in ("zh", "en"):
            return value  # type: ignore[return-value]
    return default_lang()


def choose_language(args: Sequence[str]) -> None:
    """Set the language of the whole run."""
    set_lang(language_of(args))


def usage_sentence(error: click.ClickException) -> str:
    """One sentence for a wrong use, with its mend."""
    sentence = _zh_sentence(error) if tr("zh", "en") == "zh" else error.format_message()
    ctx = error.ctx if isinstance(error, click.UsageError) else None
    path = ctx.command_path if ctx is not None else "audit"
    hint = tr(f"用法见 {path} --help", f"see {path} --help")
    return f"{sentence.rstrip('.。')}{tr('；', '; ')}{hint}"


def _zh_sentence(error: click.ClickException) -> str:
    match error:
        case click.NoSuchOption():
            return f"没有选项 {error.option_name}{_near(error.possibilities)}"
        case click.exceptions.NoSuchCommand():
            return f"没有命令 {error.command_name}{_near(error.possibilities)}"
        case click.MissingParameter():
            return f"缺少 {_hint(error)}"
        case click.BadParameter():
            return _zh_bad(error)
        case click.BadOptionUsage():
            takes_none = "does not take" in error.format_message()
            mend = "不带值" if takes_none else "后面要写一个值"
            return f"选项 {error.option_name} {mend}"
        case _:
            return _zh_other(error.format_message())


def _zh_other(message: str) -> str:
    extra = _EXTRA.search(message)
    return f"多余的参数：{extra.group(1)}" if extra else f"命令写法不对：{message}"


def _zh_bad(error: click.BadParameter) -> str:
    kind = error.param.type if error.param is not None else None
    if isinstance(kind, click.Choice):
        return f"{_hint(error)} 的值不对，只能是 {'、'.join(map(str, kind.choices))}"
    if isinstance(kind, click.types.IntParamType):
        return f"{_hint(error)} 应为整数"
    return f"{_hint(error)} 的值不对：{error.message}"


def _hint(error: click.BadParameter) -> str:
    if error.param is None:
        return str(error.param_hint or "参数")
    return error.param.get_error_hint(error.ctx).replace("'", "")


def _near(possibilities: Sequence[str] | None) -> str:
    return f"；您要的是 {'、'.join(possibilities)} 吗" if possibilities else ""
