using System.Runtime.InteropServices;
using VsgGym.Core;

namespace VsgGym.Server.Pictures;

/// <summary>Plays one episode and draws its start and every step; plain and synchronous.</summary>
/// <remarks>It is the first episode of an environment made with the same seed, played by the same policies.</remarks>
internal sealed class EpisodeRecorder
{
    private const int DefaultSteps = 200;
    private const double DefaultSeconds = 0.7;
    private const int MostLettersPerByte = 8; // what frames share stands in the document once: memory is bounded, not the document

    private static readonly bool[] OneCopy = [true];

    private readonly Game _game;
    private readonly VectorEnvironment _batch;
    private readonly IPolicy[] _policies;
    private readonly RecordOptions _options;
    private readonly byte[] _actions;
    private readonly double[] _returns;
    private readonly int _most;
    private readonly DrawingReel _reel;

    private EpisodeRecorder(Game game, IReadOnlyList<IPolicy?> policies, RecordOptions options)
    {
        var environment = game.CreateEnvironment();
        (_game, _options) = (game, options);
        _batch = new VectorEnvironment(environment, new VectorOptions { Autoreset = AutoresetMode.Disabled }, options.Seed);
        _policies = [.. policies.Select(policy => policy ?? UniformPolicy.Instance)];
        _actions = new byte[_batch.ActionBytes];
        _returns = new double[policies.Count];
        int steps = options.Steps > 0 ? options.Steps : DefaultSteps;
        _most = Math.Min(steps, environment.Spec.Horizon ?? steps);
        _reel = new DrawingReel(options.SecondsPerStep > 0 ? options.SecondsPerStep : DefaultSeconds);
    }

    /// <summary>Plays and draws.</summary>
    /// <param name="game">The game.</param>
    /// <param name="policies">[N], who plays each seat; null plays uniformly.</param>
    /// <param name="options">Seed, length and pace, within their ranges.</param>
    /// <param name="cancellationToken">Checked before every step.</param>
    /// <exception cref="VsgGymException">A policy plays an illegal action, or the document is too large.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static Recording Record(Game game, IReadOnlyList<IPolicy?> policies, RecordOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(game);
        ArgumentNullException.ThrowIfNull(policies);
        ArgumentNullException.ThrowIfNull(options);
        return new EpisodeRecorder(game, policies, options).Record(cancellationToken);
    }

    private Recording Record(CancellationToken cancellationToken)
    {
        _batch.Reset([_options.Seed]);
        int step = 0;
        bool ended = false;
        AddFrame(step, ended);
        while (!ended && step < _most)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Step();
            step++;
            ended = !Enumerable.Range(0, _policies.Length).Any(p => _batch.Worlds.Live(p)[0]);
            AddFrame(step, ended);
        }

        string svg = _reel.ToSvg();
        if (svg.Length > _options.MostBytes) throw TooLarge($"has {svg.Length} bytes");
        return new Recording(svg, step, _returns, ended);
    }

    private void Step()
    {
        int offset = 0;
        for (int p = 0; p < _policies.Length; p++)
        {
            _policies[p].Act(_batch.Worlds, p, OneCopy);
            var chosen = _batch.Worlds.Spec.Actions[p] is BoxSpace ? MemoryMarshal.AsBytes(_batch.Worlds.BoxActions(p)) : MemoryMarshal.AsBytes(_batch.Worlds.DiscreteActions(p));
            chosen.CopyTo(_actions.AsSpan(offset));
            offset += chosen.Length;
        }

        _batch.Step(_actions);
        for (int p = 0; p < _policies.Length; p++) _returns[p] += _batch.Worlds.Rewards(p)[0];
    }

    private void AddFrame(int step, bool ended)
    {
        string whole = _batch.Worlds.Spec.Horizon is { } horizon ? $" of {horizon}" : string.Empty;
        _reel.Add($"step {step}{whole}{(ended ? ", the end" : string.Empty)}", _game.Draw(new World(_batch.Worlds, 0)));
        if (_reel.Length / MostLettersPerByte > _options.MostBytes) throw TooLarge($"would have far more bytes after {step} steps");
    }

    private VsgGymException TooLarge(string how) =>
        VsgGymException.OverLimit("max_steps", _most, $"the picture {how}, and the largest message has {_options.MostBytes}: record fewer steps, or raise the server's limit (--max-message-bytes)", "message_too_large");
}
