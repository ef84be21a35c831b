using VsgGym.Core;
using VsgGym.Server.Hosting;
using VsgGym.Server.Sessions;
using Proto = VsgGym.Protocol.V1;

namespace VsgGym.Server.Models;

/// <summary>One evaluation, checked and ready; plain and synchronous, without gRPC.</summary>
internal sealed class EvaluationJob : IDisposable
{
    /// <summary>Copies at once where the caller does not say.</summary>
    public const int DefaultCopies = 1024;

    private const long DefaultEpisodes = 1000;

    private readonly OpenModels _opened = new();
    private readonly Core.Environment _environment;
    private readonly IPolicy?[] _policies;
    private readonly EvaluationOptions _options;

    /// <summary>Checks a request in full and opens its models.</summary>
    /// <param name="request">What to play.</param>
    /// <param name="games">Finds or builds the game.</param>
    /// <param name="occupants">Finds and opens the policies.</param>
    /// <param name="limits">The most copies.</param>
    /// <exception cref="VsgGymException">Every fault of the request.</exception>
    public EvaluationJob(Proto.EvaluateRequest request, GameResolver games, OccupantReader occupants, ServerLimits limits)
    {
        if (request.NumEnvs > limits.MaxNumEnvs)
            throw VsgGymException.OverLimit("num_envs", request.NumEnvs, $"at most {limits.MaxNumEnvs} copies at once (--max-num-envs): the result does not depend on their number");
        _environment = games.Resolve(request.Game).Game.CreateEnvironment();
        _options = new EvaluationOptions
        {
            Episodes = request.Episodes == 0 ? DefaultEpisodes : request.Episodes,
            Seed = request.Seed,
            Copies = request.NumEnvs == 0 ? Math.Min(DefaultCopies, limits.MaxNumEnvs) : request.NumEnvs,
            TimeLimit = request.TimeLimit == 0 ? null : request.TimeLimit,
        };
        _policies = new IPolicy?[_environment.Spec.PlayerCount];
        try
        {
            ReadPolicies(request, occupants);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Plays the episodes.</summary>
    /// <param name="clock">Measures how long it takes.</param>
    /// <param name="cancellationToken">Ends it without an answer.</param>
    /// <exception cref="VsgGymException">A policy plays an illegal action, or a model fails.</exception>
    public Proto.EvaluateResponse Run(TimeProvider clock, CancellationToken cancellationToken)
    {
        long start = clock.GetTimestamp();
        var result = EpisodeEvaluator.Run(_environment, _policies, _options, cancellationToken: cancellationToken);
        var response = new Proto.EvaluateResponse { Episodes = result.Episodes, MeanLength = result.MeanLength, ElapsedSeconds = clock.GetElapsedTime(start).TotalSeconds };
        foreach (var player in result.Players)
            response.Players.Add(new Proto.PlayerResult
            {
                Player = player.Player,
                MeanReturn = player.MeanReturn,
                StdError = player.StandardError,
                Lowest = player.Lowest,
                Highest = player.Highest,
            });
        return response;
    }

    /// <inheritdoc/>
    public void Dispose() => _opened.Dispose();

    private void ReadPolicies(Proto.EvaluateRequest request, OccupantReader occupants)
    {
        var faults = new FaultList();
        string provider = SeatReading.ReadProvider(request.Provider, faults);
        var reading = new SeatReading("policies", _environment.Spec, provider, _opened, faults);
        foreach (var (seat, policy) in occupants.Read(request.Policies, _ => false, reading)) _policies[seat] = policy;
        try
        {
            EpisodeEvaluator.Check(_environment.Spec, _policies, _options);
        }
        catch (VsgGymException error)
        {
            faults.AddAll(error);
        }

        faults.ThrowIfAny();
    }
}
