using System.CommandLine;
using VsgGym.Server.Sessions;
using Proto = VsgGym.Protocol.V1;

namespace VsgGym.Server.Verbs;

/// <summary>`solve GAME --solver ID`: solves a game in this process and measures the answer.</summary>
internal static class SolveVerb
{
    private static readonly Argument<string> Game = new("GAME") { Description = GameArgument.Help };
    private static readonly Option<string> Solver = new("--solver") { Description = "Id of the solver; `games` lists them", Required = true, HelpName = "ID" };
    private static readonly Option<string[]> Set = Settings.Option("--set", "An option of the solver, dots nest (temperature.from=1); repeatable");
    private static readonly Option<string[]> GameSet = Settings.Option("--game-set", "An option of the game; repeatable");
    private static readonly Option<ulong> Seed = new("--seed") { Description = "Seed of everything random in the solver", DefaultValueFactory = _ => 0UL, HelpName = "N" };
    private static readonly Option<double> TimeLimit = new("--time-limit") { Description = "Stop after this long with what there is, also within an iteration; the certificate is measured after it [default: no limit]", HelpName = "SECONDS" };
    private static readonly Option<string> Concept = new("--concept") { Description = "What the certificate measures [default: the solver's own concept]", DefaultValueFactory = _ => string.Empty, HelpName = "ID" };
    private static readonly Option<string[]> ConceptSet = Settings.Option("--concept-set", "An option of the concept; repeatable");
    private static readonly Option<string?> Start = new("--start") { Description = "Start from the answer in this file, which `solve --out` wrote", HelpName = "FILE" };
    private static readonly Option<int> Threads = new("--threads") { Description = "Threads of the solver's sweeps, 0 for one per processor; the answer does not depend on it", DefaultValueFactory = _ => 0, HelpName = "N" };
    private static readonly Option<long> MaxBytes = new("--max-solve-bytes") { Description = "Bytes that the solver's tables may take", DefaultValueFactory = _ => Core.SolveLimits.DefaultMaxBytes, HelpName = "N" };
    private static readonly Option<bool> Json = new("--json") { Description = "Print the whole solution as JSON" };
    private static readonly Option<string?> Out = new("--out") { Description = "Write the whole solution as JSON to this file; `check` verifies it", HelpName = "FILE" };

    /// <summary>Makes the verb.</summary>
    public static Command Create()
    {
        var command = new Command("solve", "Solves a game, here and without a server, and prints the policies with their certificate. Ctrl+C ends it with what there is, also within an iteration; once more leaves the certificate out.")
        {
            Game, Solver, Set, GameSet, Seed, TimeLimit, Concept, ConceptSet, Start, Threads, MaxBytes, Json, Out,
        };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult result)
    {
        var spec = GameArgument.Read(result.GetValue(Game)!, Settings.ToJson(result.GetValue(GameSet)!, "--game-set"));
        var request = new Proto.SolveRequest
        {
            Game = spec,
            Solver = result.GetValue(Solver)!,
            OptionsJson = Settings.ToJson(result.GetValue(Set)!, "--set"),
            Seed = result.GetValue(Seed),
            TimeLimitSeconds = result.GetValue(TimeLimit),
            Concept = result.GetValue(Concept)!,
            ConceptOptionsJson = Settings.ToJson(result.GetValue(ConceptSet)!, "--concept-set"),
            Start = result.GetValue(Start) is { } start ? SolutionFile.Read(start).Answer : null,
            Threads = result.GetValue(Threads),
        };
        var solution = Solve(request, result.GetValue(MaxBytes), result.InvocationConfiguration.Error);
        var document = SolutionJson.Write(solution, spec, request.ConceptOptionsJson);
        if (result.GetValue(Out) is { } file) File.WriteAllText(file, JsonText.Write(document));
        var game = GameForms.Of(LocalGames.Resolver.Resolve(spec), Composition.Catalog.FindSolver(request.Solver));
        result.InvocationConfiguration.Output.Write(result.GetValue(Json) ? JsonText.Write(document) : SolutionText.Write(solution, game));
        return solution.Status == Proto.SolveStatus.Diverged ? CommandLine.Failed : CommandLine.Done;
    }

    private static Proto.Solution Solve(Proto.SolveRequest request, long maxBytes, TextWriter error)
    {
        var job = new SolveJob(request, Composition.Catalog, LocalGames.Resolver, long.MaxValue, maxBytes);
        using var cancelled = new CancellationTokenSource();
        using var slot = new SolveSlot(string.Empty, _ => { });
        using var interruption = new Interruption();
        bool isHurried = false;
        _ = interruption.Requested.ContinueWith(_ => slot.Stop(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        interruption.Repeated += () =>
        {
            if (isHurried) cancelled.Cancel();
            else slot.Hurry();
            isHurried = true;
        };
        bool isTerminal = ReferenceEquals(error, Console.Error) && !Console.IsErrorRedirected;
        return new SolveProgressView(error, isTerminal, TimeProvider.System).Run(
            $"{request.Game.Id}{(request.Game.HasNfg ? "nfg" : request.Game.HasEfg ? "efg" : string.Empty)} by {request.Solver}",
            job.Started(string.Empty).MaxIterations,
            progress => job.Run(progress, () => slot.StopRequested ? "stop_requested" : null, slot.EndMeasurement, cancelled.Token, slot.EndStep));
    }
}
