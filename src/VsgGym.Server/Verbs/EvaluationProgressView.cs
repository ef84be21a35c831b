using System.Globalization;
using Spectre.Console;
using VsgGym.Core;

namespace VsgGym.Server.Verbs;

/// <summary>Shows an evaluation's progress on stderr: a bar on a terminal, a line every few seconds elsewhere.</summary>
internal sealed class EvaluationProgressView(TextWriter error, bool isTerminal, TimeProvider clock)
{
    private static readonly TimeSpan LineInterval = TimeSpan.FromSeconds(5);

    /// <summary>Runs an evaluation under view.</summary>
    /// <param name="title">What is played.</param>
    /// <param name="episodes">How many episodes.</param>
    /// <param name="evaluate">The evaluation; it reports ended episodes to the action it is given.</param>
    public EvaluationResult Run(string title, long episodes, Func<Action<long>, EvaluationResult> evaluate)
    {
        if (!isTerminal) return evaluate(Lines(title, episodes));
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(error) });
        return console.Progress().AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .Start(context =>
            {
                var task = context.AddTask(Markup.Escape(title), maxValue: episodes);
                return evaluate(ended => task.Value = ended);
            });
    }

    private Action<long> Lines(string title, long episodes)
    {
        long last = clock.GetTimestamp();
        return ended =>
        {
            if (clock.GetElapsedTime(last) < LineInterval) return;
            last = clock.GetTimestamp();
            error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{title}: {ended} of {episodes} episodes"));
        };
    }
}
