using System.Globalization;
using Spectre.Console;
using Proto = VsgGym.Protocol.V1;

namespace VsgGym.Server.Verbs.Training;

/// <summary>Shows a run on stderr: a bar with the newest metrics on a terminal, lines elsewhere; evaluations always get a line.</summary>
internal sealed class TrainView(TextWriter error, bool isTerminal, TimeProvider clock)
{
    private static readonly TimeSpan LineInterval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Refresh = TimeSpan.FromMilliseconds(200);

    private readonly Lock _gate = new();
    private string _metrics = string.Empty;
    private IReadOnlyList<string> _names = [];

    /// <summary>Shows work until it is done.</summary>
    /// <param name="title">What is trained.</param>
    /// <param name="look">The run as it stands.</param>
    /// <param name="work">Tells the action it is given what happens.</param>
    public async Task ShowAsync(string title, Func<Proto.Run> look, Func<Action<Proto.RunUpdate>, Task> work)
    {
        if (!isTerminal)
        {
            var working = work(update => Note(update, error.WriteLine));
            await LinesAsync(title, look, working).ConfigureAwait(false);
            return;
        }

        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(error) });
        await console.Progress().AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(async context =>
            {
                var bar = context.AddTask(Markup.Escape(title), maxValue: Math.Max(1, look().MaxSteps));
                var working = work(update => Note(update, line => console.WriteLine(line)));
                await UntilAsync(working, Refresh, () =>
                {
                    var run = look();
                    bar.Value = run.Step;
                    bar.Description = Markup.Escape(Line(title, run));
                }).ConfigureAwait(false);
            }).ConfigureAwait(false);
    }

    private async Task LinesAsync(string title, Func<Proto.Run> look, Task working)
    {
        long last = clock.GetTimestamp();
        await UntilAsync(working, Refresh, () =>
        {
            if (clock.GetElapsedTime(last) < LineInterval) return;
            last = clock.GetTimestamp();
            error.WriteLine(Line(title, look()));
        }).ConfigureAwait(false);
    }

    private async Task UntilAsync(Task working, TimeSpan interval, Action show)
    {
        while (!working.IsCompleted)
        {
            await Task.WhenAny(working, Task.Delay(interval, clock)).ConfigureAwait(false);
            lock (_gate) show();
        }

        await working.ConfigureAwait(false);
    }

    private void Note(Proto.RunUpdate update, Action<string> print)
    {
        lock (_gate)
        {
            if (update.Run is { } run) _names = run.MetricNames;
            if (update.Event?.Metrics is { } metrics) _metrics = RunText.Write(metrics, _names);
            if (update.Event is { } happened && (happened.Evaluation is not null || happened.Export is not null || happened.End is not null)) print(RunText.Write(update, _names));
        }
    }

    private string Line(string title, Proto.Run run)
    {
        string speed = run.StepsPerSecond.ToString("F0", CultureInfo.InvariantCulture);
        return $"{title}: step {run.Step} of {run.MaxSteps}, {speed} steps/s{(_metrics.Length > 0 ? ", " + _metrics : string.Empty)}";
    }
}
