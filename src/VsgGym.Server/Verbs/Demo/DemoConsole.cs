using Spectre.Console;

namespace VsgGym.Server.Verbs.Demo;

/// <summary>What the demo prints with: headings, text, tables, charts and progress, in a terminal or in a plain log.</summary>
internal sealed class DemoConsole
{
    private const int PlainWidth = 100;
    private static readonly string[] SeriesColors = ["green", "yellow", "aqua", "fuchsia"];
    private static readonly (char From, char To)[] AsciiLines =
    [
        ('─', '-'), ('│', '|'), ('┌', '+'), ('┬', '+'), ('┐', '+'), ('├', '+'), ('┼', '+'), ('┤', '+'), ('└', '+'), ('┴', '+'), ('┘', '+'), ('…', '.'),
    ];

    private readonly IAnsiConsole _console;
    private readonly bool _unicode;

    /// <summary>Prints to a console.</summary>
    /// <param name="console">Where to.</param>
    /// <param name="unicode">Whether it shows more than ASCII.</param>
    public DemoConsole(IAnsiConsole console, bool unicode)
    {
        _console = console;
        _unicode = unicode;
        _console.Profile.Capabilities.Unicode = unicode;
        if (!_console.Profile.Out.IsTerminal) _console.Profile.Width = PlainWidth;
    }

    /// <summary>The console of this process.</summary>
    /// <remarks>A pipe or file gets no escape sequences; NO_COLOR turns colors off (https://no-color.org).</remarks>
    public static DemoConsole ForProcess()
    {
        bool terminal = !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("TERM") is not "dumb";
        bool colors = terminal && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        return new DemoConsole(AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = terminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = colors ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = terminal ? InteractionSupport.Detect : InteractionSupport.No,
        }), ShowsUnicode());
    }

    /// <summary>Starts a part of the demo.</summary>
    public void Heading(string text)
    {
        _console.WriteLine();
        _console.MarkupLine($"[bold]{Markup.Escape(Fit(text))}[/]");
    }

    /// <summary>Prints a line, wrapped between words; what is wrapped keeps the indent.</summary>
    public void Say(string text = "")
    {
        string indent = new(' ', text.Length - text.TrimStart().Length);
        string line = indent;
        foreach (string word in Fit(text).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > indent.Length && line.Length + word.Length >= _console.Profile.Width)
            {
                _console.MarkupLine(Markup.Escape(line.TrimEnd()));
                line = indent + "  ";
            }

            line += word + " ";
        }

        _console.MarkupLine(Markup.Escape(line.TrimEnd()));
    }

    /// <summary>Prints text as it is, indented.</summary>
    public void Verbatim(string text)
    {
        foreach (string line in Fit(text).Split('\n')) _console.MarkupLine("    " + Markup.Escape(line));
    }

    /// <summary>Prints texts beside one another, indented, with a gap between.</summary>
    public void Beside(params IReadOnlyList<string> texts)
    {
        string[][] blocks = [.. texts.Select(text => text.TrimEnd('\n').Split('\n'))];
        int[] widths = [.. blocks.Select(block => block.Max(line => line.Length) + 4)];
        for (int row = 0; row < blocks.Max(block => block.Length); row++)
            Verbatim(string.Concat(blocks.Select((block, k) => (row < block.Length ? block[row] : string.Empty).PadRight(widths[k]))).TrimEnd());
    }

    /// <summary>Prints a table with a header.</summary>
    public void Table(IReadOnlyList<string> header, IEnumerable<IReadOnlyList<string>> rows)
    {
        var table = new Table { Border = _unicode ? TableBorder.Rounded : TableBorder.Ascii };
        for (int c = 0; c < header.Count; c++)
        {
            var column = new TableColumn(Markup.Escape(Fit(header[c])));
            if (c > 0) column.RightAligned();
            table.AddColumn(column);
        }

        foreach (var row in rows) table.AddRow([.. row.Select(cell => Markup.Escape(Fit(cell)))]);
        _console.Write(new Padder(table, new Padding(4, 0, 0, 0)));
    }

    /// <summary>Prints a chart as wide as the console.</summary>
    public void Chart(LineChart chart) => _console.MarkupLine(Draw(chart));

    /// <summary>Runs work that draws a chart again and again: in place in a terminal; elsewhere only the last one is printed.</summary>
    /// <param name="work">Calls its argument with each new chart.</param>
    public async Task LiveChartAsync(Func<Action<LineChart>, Task> work)
    {
        if (_console.Profile.Capabilities is { Interactive: true, Ansi: true } && _console.Profile.Out.IsTerminal)
        {
            await _console.Live(new Text(string.Empty)).StartAsync(context => work(chart => context.UpdateTarget(new Markup(Draw(chart))))).ConfigureAwait(false);
            return;
        }

        LineChart? last = null;
        await work(chart => last = chart).ConfigureAwait(false);
        if (last is not null) Chart(last);
    }

    /// <summary>Runs work that counts up, with a bar in a terminal and a few plain lines elsewhere.</summary>
    /// <param name="name">What runs.</param>
    /// <param name="total">Count at the end.</param>
    /// <param name="work">Calls its argument once per piece done.</param>
    public async Task ProgressAsync(string name, int total, Func<Action, Task> work)
    {
        if (_console.Profile.Capabilities is { Interactive: true, Ansi: true } && _console.Profile.Out.IsTerminal)
        {
            await _console.Progress().Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn()).StartAsync(async context =>
            {
                var bar = context.AddTask(Markup.Escape("  " + name), maxValue: total);
                await work(() => bar.Increment(1)).ConfigureAwait(false);
            }).ConfigureAwait(false);
            return;
        }

        int done = 0;
        await work(() =>
        {
            int now = Interlocked.Increment(ref done);
            if (now * 4 / total > (now - 1) * 4 / total) Say($"  {name}: {now} of {total}");
        }).ConfigureAwait(false);
    }

    private string Draw(LineChart chart) => string.Join(
        '\n', chart.Render(_console.Profile.Width - chart.XLabel.Length - 2, _unicode).Select(line => string.Concat(line.Select(Color)).TrimEnd()));

    // A text that says it is not UTF-8 gets ASCII; without a word on it, today's terminals and logs are UTF-8.
    private static bool ShowsUnicode()
    {
        if (Console.OutputEncoding.CodePage != System.Text.Encoding.UTF8.CodePage) return false;
        string? locale = ((string[])["LC_ALL", "LC_CTYPE", "LANG"]).Select(Environment.GetEnvironmentVariable).FirstOrDefault(value => !string.IsNullOrEmpty(value));
        return locale is null || OperatingSystem.IsWindows() || locale.Contains("UTF-8", StringComparison.OrdinalIgnoreCase) || locale.Contains("UTF8", StringComparison.OrdinalIgnoreCase);
    }

    private static string Color(ChartRun run) =>
        run.Series < 0 ? Markup.Escape(run.Text) : $"[{SeriesColors[run.Series % SeriesColors.Length]}]{Markup.Escape(run.Text)}[/]";

    private string Fit(string text) => _unicode ? text : AsciiLines.Aggregate(text, (t, pair) => t.Replace(pair.From, pair.To));
}
