using VsgGym.Numerics;

namespace VsgGym.Core;

/// <summary>Measures a profile of policies by playing: exactly the episodes asked for, each to its end.</summary>
/// <remarks>
/// Episode e is the first one of a copy whose seed is <see cref="SeedOf"/>(seed, e), whichever copy plays it, and sums run over the episodes
/// in their order: the result is the same bit for bit for any number of copies, as long as a policy's action for one copy does not depend
/// on the others. No episode is dropped for being long: a copy that has ended takes the next episode, and all are waited for.
/// </remarks>
public sealed class EpisodeEvaluator
{
    private const int Block = 1 << 14; // episodes whose sums are held at once; a constant, so that nothing depends on the copies
    private const int None = -1;

    private readonly VectorEnvironment _batch;
    private readonly IPolicy[] _policies;
    private readonly EvaluationOptions _options;
    private readonly EpisodeSums _sums;
    private readonly int[] _episodes; // [B], the episode of the block that a copy plays, or none: it then plays for nobody
    private readonly ulong[] _seeds;
    private readonly bool[] _everyCopy;
    private readonly bool[] _ended;
    private readonly byte[] _actions;

    private EpisodeEvaluator(Environment environment, IPolicy[] policies, EvaluationOptions options)
    {
        int copies = (int)Math.Min(Math.Min(options.Copies, Block), options.Episodes);
        _batch = new VectorEnvironment(environment, new VectorOptions { Copies = copies, Autoreset = AutoresetMode.Disabled, TimeLimit = options.TimeLimit }, options.Seed);
        (_policies, _options) = (policies, options);
        _sums = new EpisodeSums(environment.Spec, (int)Math.Min(Block, options.Episodes));
        _episodes = new int[copies];
        _seeds = new ulong[copies];
        _everyCopy = [.. Enumerable.Repeat(true, copies)];
        _ended = new bool[copies];
        _actions = new byte[_batch.ActionBytes];
    }

    /// <summary>Plays the episodes.</summary>
    /// <param name="environment">The game.</param>
    /// <param name="policies">[N], who plays each seat; null plays uniformly.</param>
    /// <param name="options">How many episodes, and from which seed.</param>
    /// <param name="progress">Told how many episodes have ended, from this thread; must not block. Default: nobody.</param>
    /// <param name="cancellationToken">Checked before every step.</param>
    /// <exception cref="VsgGymException">An option or a policy does not fit, the game has no end of its own and there is no time limit, or a policy plays an illegal action.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static EvaluationResult Run(
        Environment environment,
        IReadOnlyList<IPolicy?> policies,
        EvaluationOptions options,
        Action<long>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(environment);
        ArgumentNullException.ThrowIfNull(policies);
        ArgumentNullException.ThrowIfNull(options);
        EvaluationChecks.ThrowIfUnfit(environment.Spec, policies, options);
        IPolicy[] seats = [.. policies.Select(policy => policy ?? UniformPolicy.Instance)];
        return new EpisodeEvaluator(environment, seats, options).Run(progress ?? (_ => { }), cancellationToken);
    }

    /// <summary>The seed of one episode of an evaluation: a copy that is reset with it plays that episode.</summary>
    /// <param name="seed">The evaluation's seed.</param>
    /// <param name="episode">The episode's number, from 0.</param>
    // A sum would do for one evaluation, but evaluations with neighboring seeds would then share almost all their episodes.
    public static ulong SeedOf(ulong seed, long episode) => RandomStream.Create(seed).Fork("evaluation").Fork((ulong)episode).NextUInt64();

    private EvaluationResult Run(Action<long> progress, CancellationToken cancellationToken)
    {
        for (long first = 0; first < _options.Episodes; first += Block)
        {
            int episodes = (int)Math.Min(Block, _options.Episodes - first);
            PlayBlock(first, episodes, progress, cancellationToken);
            _sums.EndBlock(episodes);
        }

        return _sums.ToResult();
    }

    private void PlayBlock(long first, int episodes, Action<long> progress, CancellationToken cancellationToken)
    {
        int next = 0, ended = 0;
        Array.Fill(_episodes, None);
        Array.Fill(_ended, true);
        while (true)
        {
            for (int b = 0; b < _ended.Length; b++)
            {
                if (!_ended[b]) continue;
                if (_episodes[b] != None) ended++;
                _episodes[b] = next < episodes ? next++ : None;
                _seeds[b] = SeedOf(_options.Seed, first + Math.Max(0, _episodes[b]));
            }

            if (_ended.Contains(true)) progress(first + ended);
            if (ended == episodes) return;
            if (_ended.Contains(true)) _batch.Reset(_seeds, _ended);
            cancellationToken.ThrowIfCancellationRequested();
            Step();
        }
    }

    private void Step()
    {
        int offset = 0;
        for (int p = 0; p < _policies.Length; p++)
        {
            _policies[p].Act(_batch.Worlds, p, _everyCopy);
            var chosen = _batch.Worlds.ActionBytes(p);
            chosen.CopyTo(_actions.AsSpan(offset));
            offset += chosen.Length;
        }

        _sums.AddActions(_batch.Worlds, _episodes);
        _batch.Step(_actions);
        _sums.AddRewards(_batch.Worlds, _episodes);
        _ended.AsSpan().Fill(true);
        for (int p = 0; p < _policies.Length; p++) Flags.Remove(_ended, _batch.Worlds.Live(p));
    }
}
