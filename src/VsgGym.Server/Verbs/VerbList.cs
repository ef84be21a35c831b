using System.CommandLine;

namespace VsgGym.Server.Verbs;

/// <summary>Every verb of the command line, one line each.</summary>
internal static class VerbList
{
    /// <summary>Makes the verbs, in the order that --help shows.</summary>
    public static IReadOnlyList<Command> Create() =>
    [
        ServeVerb.Create(),
        DemoVerb.Create(),
        GamesVerb.Create(),
        DescribeVerb.Create(),
        SolveVerb.Create(),
        CheckVerb.Create(),
        TrainVerb.Create(),
        RunsVerb.Create(),
        ExportVerb.Create(),
        EvaluateVerb.Create(),
        RecordVerb.Create(),
        ReproduceVerb.Create(),
        BenchVerb.Create(),
    ];
}
