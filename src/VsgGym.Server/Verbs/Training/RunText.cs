using System.Globalization;
using Proto = VsgGym.Protocol.V1;

namespace VsgGym.Server.Verbs.Training;

/// <summary>Runs and their events as text.</summary>
internal static class RunText
{
    /// <summary>A state in one word: "running".</summary>
    public static string StateOf(Proto.RunState state) => state.ToString().ToLowerInvariant();

    /// <summary>Runs as a table.</summary>
    public static string Write(IReadOnlyList<Proto.Run> runs) => runs.Count == 0 ? "no runs\n" : TextTable.Lay(
        0, [["run", "state", "step", "game", "learner", "seed", "name"], .. runs.Select(run => (string[])
            [run.RunId, run.QueuePosition > 0 ? $"queued ({run.QueuePosition})" : StateOf(run.State), $"{run.Step}/{run.MaxSteps}", run.GameId, run.Learner, $"{run.Seed}", run.Name])]);

    /// <summary>One run in full.</summary>
    public static string Write(Proto.Run run)
    {
        List<string[]> rows =
        [
            ["run", run.Name.Length > 0 ? $"{run.RunId} ({run.Name})" : run.RunId],
            ["state", run.QueuePosition > 0 ? $"queued, position {run.QueuePosition}" : StateOf(run.State)],
            ["step", $"{run.Step} of {run.MaxSteps}, newest checkpoint {run.CheckpointStep}"],
            ["game", $"{run.GameId} {run.GameOptionsJson}"],
            ["learner", $"{run.Learner} {run.OptionsJson}"],
            ["seed", $"{run.Seed}"],
            ["time", string.Create(CultureInfo.InvariantCulture, $"{run.ElapsedSeconds:F1} s of training{(run.StepsPerSecond > 0 ? $", {run.StepsPerSecond:F0} steps/s" : string.Empty)}")],
            ["hash", run.Hash],
            .. run.Models.Select(model => (string[])["model", $"{model.ModelId}: {model.File}, {model.Bytes} bytes"]),
            .. run.Faults.Select(fault => (string[])["fault", Write(fault)]),
        ];
        return TextTable.Lay(0, [.. rows]);
    }

    /// <summary>What a watcher is told, as a line.</summary>
    /// <param name="update">The run or an event.</param>
    /// <param name="metricNames">The names beside the metrics' values.</param>
    public static string Write(Proto.RunUpdate update, IReadOnlyList<string> metricNames)
    {
        if (update.Run is { } run) return $"{run.RunId}: {StateOf(run.State)} at step {run.Step} of {run.MaxSteps}";
        var happened = update.Event;
        string what = happened switch
        {
            { Metrics: { } metrics } => Write(metrics, metricNames),
            { Evaluation: { } evaluation } => Write(evaluation),
            { Checkpoint: { } checkpoint } => $"checkpoint of {checkpoint.Bytes} bytes",
            { Export: { } export } => $"exported {string.Join(", ", export.Models.Select(model => model.File))}",
            { End: { } end } => $"{StateOf(end.State)} ({end.Reason}) {string.Join("; ", end.Faults.Select(Write))}".TrimEnd(),
            _ => "an event of a newer server",
        };
        return $"step {happened.Step}: {what}";
    }

    /// <summary>Metrics in one line; those that do not exist yet are left out.</summary>
    public static string Write(Proto.RunMetrics metrics, IReadOnlyList<string> names) => string.Join(", ",
        metrics.Values.Select((value, i) => (Name: i < names.Count ? names[i] : $"metric_{i}", Value: value))
            .Where(metric => !double.IsNaN(metric.Value)).Select(metric => $"{metric.Name} {SolutionJson.Show(metric.Value)}"));

    private static string Write(Proto.RunEvaluation evaluation)
    {
        var parts = new List<string> { $"greedy {Write(evaluation.Greedy)}", $"sampled {Write(evaluation.Sampled)}" };
        if (evaluation.HasNashConv) parts.Add($"NashConv {SolutionJson.Show(evaluation.NashConv)}");
        if (evaluation.OpponentModelDistance.Count > 0) parts.Add($"opponent models off by {string.Join(", ", evaluation.OpponentModelDistance.Select(SolutionJson.Show))}");
        return string.Join("; ", parts);
    }

    private static string Write(IEnumerable<Proto.PlayerEvaluation> players) =>
        string.Join(", ", players.Select(player => $"{player.Player} {SolutionJson.Show(player.MeanReturn)} (se {SolutionJson.Show(player.StdError)})"));

    private static string Write(Proto.Fault fault) => fault.Value.Length == 0 ? $"{fault.Path}: {fault.Rule}" : $"{fault.Path} = {fault.Value}: {fault.Rule}";
}
