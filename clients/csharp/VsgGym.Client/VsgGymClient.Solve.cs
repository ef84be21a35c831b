using System.Runtime.CompilerServices;
using Grpc.Core;
using Wire = VsgGym.Protocol.V1;

namespace VsgGym.Client;

/// <content>Solving and measuring.</content>
public sealed partial class VsgGymClient
{
    /// <summary>Solves a game and waits for the solution.</summary>
    /// <param name="game">An id, a game with options, or a game given in full.</param>
    /// <param name="solver">The solver's id.</param>
    /// <param name="options">The solver's options; null for the defaults.</param>
    /// <param name="settings">Seed, limits, reporting; null for the defaults.</param>
    /// <param name="progress">Hears the start and the progress; may be null.</param>
    /// <param name="cancellationToken">Gives the solve up; to keep what it has, use <see cref="StopAsync"/> or a time limit.</param>
    /// <exception cref="NotFoundException">No such game, solver or concept.</exception>
    /// <exception cref="InvalidArgumentException">An option or array is wrong; every fault is listed.</exception>
    /// <exception cref="ResourceExhaustedException">Too many solves run.</exception>
    /// <example>
    /// <code>
    /// var solution = await client.SolveAsync("climbing-v0", "rommeo_q", new() { ["episodes"] = 300 }, new() { Seed = 1 });
    /// </code>
    /// </example>
    public async Task<Solution> SolveAsync(
        GameSource game,
        string solver,
        Options? options = null,
        SolveSettings? settings = null,
        IProgress<SolveEvent>? progress = null,
        CancellationToken cancellationToken = default)
    {
        await foreach (var happened in WatchSolveAsync(game, solver, options, settings, cancellationToken).ConfigureAwait(false))
        {
            if (happened is SolveFinished finished) return finished.Solution;
            progress?.Report(happened);
        }

        var fault = new Fault("solution", string.Empty, "the server ended the solve without a solution", "stream_ended");
        throw new UnavailableException($"solve failed: {fault}", [fault]);
    }

    /// <summary>Solves a game and tells what happens: the start, the progress, the solution.</summary>
    /// <param name="game">An id, a game with options, or a game given in full.</param>
    /// <param name="solver">The solver's id.</param>
    /// <param name="options">The solver's options; null for the defaults.</param>
    /// <param name="settings">Seed, limits, reporting; null for the defaults.</param>
    /// <param name="cancellationToken">Gives the solve up.</param>
    /// <exception cref="VsgGymException">As <see cref="SolveAsync"/>.</exception>
    /// <example>
    /// <code>
    /// await foreach (var happened in client.WatchSolveAsync("pursuit-v0", "mge_f"))
    ///     if (happened is SolveProgress progress) Console.WriteLine($"{progress.Iteration}: {progress.Residual}");
    /// </code>
    /// </example>
    public async IAsyncEnumerable<SolveEvent> WatchSolveAsync(
        GameSource game,
        string solver,
        Options? options = null,
        SolveSettings? settings = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(game);
        settings ??= new SolveSettings();
        var request = settings.ToWire(game, solver, options);
        _caller.CheckSize(request);
        using var call = _solvers.Solve(request, _caller.For(settings.Deadline, cancellationToken));
        while (await NextAsync(call.ResponseStream, cancellationToken).ConfigureAwait(false))
            if (SolveReader.Event(call.ResponseStream.Current) is { } happened) yield return happened;
    }

    /// <summary>Ends a running solve, also within a long iteration; its stream then delivers what it has. A second call leaves the certificate out.</summary>
    /// <param name="solveId">Of <see cref="SolveStarted"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="NotFoundException">No such solve runs.</exception>
    public Task StopAsync(string solveId, CancellationToken cancellationToken = default) =>
        _caller.UnaryAsync<Wire.StopRequest, Wire.StopResponse>("stop", _solvers.StopAsync, new Wire.StopRequest { SolveId = solveId }, cancellationToken);

    /// <summary>Measures any profile of policies against an equilibrium concept.</summary>
    /// <param name="game">An id, a game with options, or a game given in full.</param>
    /// <param name="policies">By player: action probabilities, [S, A] or [T, S, A]; one for every player.</param>
    /// <param name="concept">Id of a metric; null: what is usual for the game, "nash" for a stochastic one.</param>
    /// <param name="conceptOptions">Its options; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="NotFoundException">No such game or concept.</exception>
    /// <exception cref="InvalidArgumentException">A policy is missing, of another shape, or no distribution; every fault is listed.</exception>
    /// <example>
    /// <code>
    /// var certificate = await client.CertifyAsync("climbing-v0", new Dictionary&lt;string, NdArray&gt;
    /// {
    ///     ["player_0"] = new double[,] { { 1, 0, 0 } },
    ///     ["player_1"] = new double[,] { { 1, 0, 0 } },
    /// });
    /// Console.WriteLine(certificate.Gap); // 0: (A, A) is a Nash equilibrium
    /// </code>
    /// </example>
    public async Task<Certificate> CertifyAsync(
        GameSource game, IReadOnlyDictionary<string, NdArray> policies, string? concept = null, Options? conceptOptions = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(game);
        ArgumentNullException.ThrowIfNull(policies);
        var request = new Wire.CertifyRequest { Game = game.ToWire(), Concept = concept ?? string.Empty, ConceptOptionsJson = Options.ToJson(conceptOptions) };
        request.Policies.AddRange(policies.Select(pair => new Wire.PlayerPolicy { Player = pair.Key, Policy = pair.Value.ToWire() }));
        return await CertifyAsync(request, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Measures a joint policy, of players who act on a common signal.</summary>
    /// <param name="game">An id, a game with options, or a game given in full.</param>
    /// <param name="jointPolicy">Probabilities of the joint actions, [S, A_1, ..., A_N] or [T, S, A_1, ..., A_N].</param>
    /// <param name="concept">Id of a metric: "correlated", "coarse_correlated".</param>
    /// <param name="conceptOptions">Its options; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="VsgGymException">As the other form.</exception>
    public async Task<Certificate> CertifyJointAsync(
        GameSource game, NdArray jointPolicy, string concept = "correlated", Options? conceptOptions = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(game);
        ArgumentNullException.ThrowIfNull(jointPolicy);
        var request = new Wire.CertifyRequest
        {
            Game = game.ToWire(),
            JointPolicy = jointPolicy.ToWire(),
            Concept = concept,
            ConceptOptionsJson = Options.ToJson(conceptOptions),
        };
        return await CertifyAsync(request, cancellationToken).ConfigureAwait(false);
    }

    private async Task<Certificate> CertifyAsync(Wire.CertifyRequest request, CancellationToken cancellationToken) =>
        SolveReader.Certificate(await _caller.UnaryAsync<Wire.CertifyRequest, Wire.Certificate>(
            "certify", _solvers.CertifyAsync, request, cancellationToken).ConfigureAwait(false));

    private static async Task<bool> NextAsync(IAsyncStreamReader<Wire.SolveEvent> events, CancellationToken cancellationToken)
    {
        try
        {
            return await events.MoveNext(cancellationToken).ConfigureAwait(false);
        }
        catch (RpcException e)
        {
            throw ErrorDecoder.Decode(e, "solve", cancellationToken);
        }
    }
}
