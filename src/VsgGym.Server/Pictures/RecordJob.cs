using VsgGym.Core;
using VsgGym.Server.Models;
using VsgGym.Server.Sessions;
using Proto = VsgGym.Protocol.V1;

namespace VsgGym.Server.Pictures;

/// <summary>One recording, checked and ready; plain and synchronous, without gRPC.</summary>
internal sealed class RecordJob : IDisposable
{
    private const int Overhead = 256; // what a message has beside its picture and returns

    private readonly OpenModels _opened = new();
    private readonly Game _game;
    private readonly IPolicy?[] _policies;
    private readonly RecordOptions _options;

    /// <summary>Checks a request in full and opens its models.</summary>
    /// <param name="request">What to play.</param>
    /// <param name="games">Finds or builds the game.</param>
    /// <param name="occupants">Finds and opens the policies.</param>
    /// <param name="mostBytes">The largest message.</param>
    /// <exception cref="VsgGymException">Every fault of the request.</exception>
    public RecordJob(Proto.RecordRequest request, GameResolver games, OccupantReader occupants, long mostBytes)
    {
        _game = games.Resolve(request.Game).Game;
        var spec = _game.CreateEnvironment().Spec;
        _options = new RecordOptions
        {
            Seed = request.HasSeed ? request.Seed : EnvironmentSession.DrawSeed(),
            Steps = request.MaxSteps,
            SecondsPerStep = request.SecondsPerStep,
            MostBytes = mostBytes - Overhead - (sizeof(double) * spec.PlayerCount),
        };
        _policies = new IPolicy?[spec.PlayerCount];
        try
        {
            var faults = new FaultList();
            _options.Check(faults);
            var reading = new SeatReading("players", spec, SeatReading.Cpu, _opened, faults);
            foreach (var (seat, policy) in occupants.Read(request.Players, _ => false, reading)) _policies[seat] = policy;
            faults.ThrowIfAny();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Plays the episode.</summary>
    /// <param name="cancellationToken">Ends it without an answer.</param>
    /// <exception cref="VsgGymException">A policy plays an illegal action, a model fails, or the picture is too large.</exception>
    public Proto.RecordResponse Run(CancellationToken cancellationToken)
    {
        var recording = EpisodeRecorder.Record(_game, _policies, _options, cancellationToken);
        return new Proto.RecordResponse { Svg = recording.Svg, Steps = recording.Steps, Returns = { recording.Returns }, Seed = _options.Seed, Ended = recording.Ended };
    }

    /// <inheritdoc/>
    public void Dispose() => _opened.Dispose();
}
