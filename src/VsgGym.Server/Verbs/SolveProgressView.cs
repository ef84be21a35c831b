using System.Globalization;
using Spectre.Console;
using Proto = VsgGym.Protocol.V1;

namespace VsgGym.Server.Verbs;

/// <summary>Shows a solve's progress on stderr: a bar on a terminal, a line every few seconds elsewhere.</summary>
internal sealed class SolveProgressView(TextWriter error, bool isTerminal, TimeProvider clock)
{
    private static readonly TimeSpan LineInterval = TimeSpan.FromSeconds(5);

    /// <summary>Runs a solve under view.</summary>
    /// <param name="title">What is solved.</param>
    /// <param name="iterations">The most iterations.</param>
    /// <param name="solve">The solve; it reports to the action it is given.</param>
    public Proto.Solution Run(string title, long iterations, Func<Action<Proto.SolveProgress>, Proto.Solution> solve)
    {
        if (!isTerminal) return solve(Lines(title, iterations));
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(error) });
        return console.Progress().AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .Start(context =>
            {
                var task = context.AddTask(Markup.Escape(title), maxValue: iterations);
                return solve(step =>
                {
                    task.Value = step.Iteration;
                    task.Description = Markup.Escape($"{title}, residual {SolutionJson.Show(step.Residual)}");
                });
            });
    }

    private Action<Proto.SolveProgress> Lines(string title, long iterations)
    {
        long last = clock.GetTimestamp();
        return step =>
        {
            if (clock.GetElapsedTime(last) < LineInterval) return;
            last = clock.GetTimestamp();
            error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{title}: iteration {step.Iteration} of at most {iterations}, residual {SolutionJson.Show(step.Residual)}"));
        };
    }
}
