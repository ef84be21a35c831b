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
    private static readonly Option<double> TimeLimit = new("--time-limit") { Description = "Stop after this long with what there is [default: no limit]", HelpName = "SECONDS" };
    private static readonly Option<string> Concept = new("--concept") { Description = "What the certificate measures", DefaultValueFactory = _ => "nash", HelpName = "ID" };
    private static readonly Option<bool> Json = new("--json") { Description = "Print the whole solution as JSON" };
    private static readonly Option<string?> Out = new("--out") { Description = "Write the whole solution as JSON to this file; `check` verifies it", HelpName = "FILE" };

    /// <summary>Makes the verb.</summary>
    public static Command Create()
    {
        var command = new Command("solve", "Solves a game, here and without a server, and prints the policies with their certificate. Ctrl+C ends it with what there is.")
        {
            Game, Solver, Set, GameSet, Seed, TimeLimit, Concept, Json, Out,
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
        };
        var solution = Solve(request, result.InvocationConfiguration.Error);
        var document = SolutionJson.Write(solution, spec);
        if (result.GetValue(Out) is { } file) File.WriteAllText(file, JsonText.Write(document));
        var table = SolveJob.TableOf(LocalGames.Resolver.Resolve(spec));
        result.InvocationConfiguration.Output.Write(result.GetValue(Json) ? JsonText.Write(document) : SolutionText.Write(solution, table));
        return solution.Status == Proto.SolveStatus.Diverged ? CommandLine.Failed : CommandLine.Done;
    }

    private static Proto.Solution Solve(Proto.SolveRequest request, TextWriter error)
    {
        var job = new SolveJob(request, Composition.Catalog, LocalGames.Resolver, long.MaxValue);
        using var interruption = new Interruption();
        using var cancelled = new CancellationTokenSource();
        interruption.Repeated += cancelled.Cancel;
        bool isTerminal = ReferenceEquals(error, Console.Error) && !Console.IsErrorRedirected;
        return new SolveProgressView(error, isTerminal, TimeProvider.System).Run(
            $"{request.Game.Id}{(request.Game.HasNfg ? "nfg" : request.Game.HasEfg ? "efg" : string.Empty)} by {request.Solver}",
            job.Started(string.Empty).MaxIterations,
            progress => job.Run(progress, () => interruption.Requested.IsCompleted ? "stop_requested" : null, CancellationToken.None, cancelled.Token));
    }
}
