using System.Runtime.InteropServices;

namespace VsgGym.Core;

/// <summary>B copies of a game over one structure-of-arrays buffer; a step allocates nothing.</summary>
/// <remarks>
/// Every check comes before any change: a refused call leaves the worlds as they were. Copy k of a batch seeded with s has the
/// effective seed s + k and plays exactly what a single copy seeded with s + k plays. A copy's episode ends when none of the
/// caller's seats is live. Not thread-safe: one caller at a time.
/// </remarks>
public sealed class VectorEnvironment
{
    private readonly Environment _environment;
    private readonly VectorOptions _options;
    private readonly ActionReader _actions;
    private readonly int[] _own;
    private readonly (int Seat, IPolicy Policy)[] _others;
    private readonly bool[] _stepping;
    private readonly bool[] _resetting;
    private readonly bool[] _ended;
    private bool _started;

    /// <summary>Makes the copies; they must be reset before the first step.</summary>
    /// <param name="environment">The rules.</param>
    /// <param name="options">How the batch is played.</param>
    /// <param name="seed">Seed of copy 0; copy k gets seed + k.</param>
    /// <exception cref="VsgGymException">A size, seat or occupant does not fit; every fault is listed.</exception>
    public VectorEnvironment(Environment environment, VectorOptions options, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(environment);
        ArgumentNullException.ThrowIfNull(options);
        VectorChecks.Options(environment.Spec, options);
        _environment = environment;
        _options = options;
        _own = [.. options.OwnSeats.IsDefaultOrEmpty ? Enumerable.Range(0, environment.Spec.PlayerCount) : options.OwnSeats];
        Worlds = new StepBuffer(environment, options.Copies, _own, options.Autoreset == AutoresetMode.SameStep);
        _actions = new ActionReader(Worlds, _own, options.IllegalActions);
        _others = [.. Enumerable.Range(0, environment.Spec.PlayerCount).Where(p => !_own.Contains(p))
            .Select(p => (p, options.Others.GetValueOrDefault(p) ?? UniformPolicy.Instance))];
        VectorChecks.Occupants(environment.Spec, _others);
        _stepping = new bool[options.Copies];
        _resetting = new bool[options.Copies];
        _ended = new bool[options.Copies];
        for (int b = 0; b < options.Copies; b++) Worlds.Seeds[b] = unchecked(seed + (ulong)b);
    }

    /// <summary>Observations, rewards, masks and flags of the last reset or step.</summary>
    public StepBuffer Worlds { get; }

    /// <summary>The caller's seats, in the order of the wire.</summary>
    public IReadOnlyList<int> OwnSeats => _own;

    /// <summary>Number of copies B.</summary>
    public int Copies => _options.Copies;

    /// <summary>How the batch is played.</summary>
    public VectorOptions Options => _options;

    /// <summary>Bytes of one step's actions: the own seats' arrays, seat after seat.</summary>
    public int ActionBytes => _actions.Bytes;

    /// <summary>Starts new episodes.</summary>
    /// <param name="seeds">Empty: the copies go on with their streams; one: copy k gets seed + k; B: one each.</param>
    /// <param name="copies">[B] which copies to reset, or empty for all.</param>
    /// <exception cref="VsgGymException">A shape is wrong, the mask marks nothing, or copies were never reset.</exception>
    public void Reset(ReadOnlySpan<ulong> seeds = default, ReadOnlySpan<bool> copies = default)
    {
        VectorChecks.Reset(Copies, seeds.Length, copies, _started);
        if (copies.IsEmpty) _resetting.AsSpan().Fill(true);
        else copies.CopyTo(_resetting);
        for (int b = 0; b < Copies; b++)
        {
            if (!_resetting[b]) continue;
            if (seeds.IsEmpty)
            {
                if (_started) Worlds.Episodes[b]++;
                continue;
            }

            Worlds.Seeds[b] = seeds.Length == 1 ? unchecked(seeds[0] + (ulong)b) : seeds[b];
            Worlds.Episodes[b] = 0;
        }

        _started = true;
        ClearOutcome(_resetting);
        StartEpisodes();
    }

    /// <summary>Takes one step of the whole batch.</summary>
    /// <param name="actions">The own seats' actions, [<see cref="ActionBytes"/>]: per seat an int32 [B] or a float32 [B, length].</param>
    /// <exception cref="VsgGymException">Out of order, or an action of wrong size, out of range or illegal; nothing has changed then.</exception>
    public void Step(ReadOnlySpan<byte> actions)
    {
        if (!_started) throw VsgGymException.OutOfOrder("step", null, "reset the environment before the first step", "step_before_reset");
        MarkCopies();
        _actions.Read(actions, _stepping); // checks everything, then writes
        foreach (var (seat, policy) in _others) policy.Act(Worlds, seat, _stepping);
        ClearOutcome();
        _environment.Step(Worlds, _stepping);
        FinishSteps();
        Autoreset(); // next-step mode: copies that had ended before; same-step mode: copies that just did
    }

    /// <summary>Writes everything that later resets and steps depend on; the rules and the occupants of other seats are not part of it.</summary>
    /// <param name="stream">Where to; not closed.</param>
    public void Save(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        WorldCheckpoint.Write(stream, Worlds, _started, _ended);
    }

    /// <summary>Reads what <see cref="Save"/> wrote in a batch of the same rules, copies, seats and autoreset mode: what follows equals what would have followed then.</summary>
    /// <param name="stream">Where from; not closed.</param>
    /// <exception cref="InvalidDataException">The bytes are no worlds of such a batch; nothing has changed then.</exception>
    public void Load(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        _started = WorldCheckpoint.Read(stream, Worlds, _ended);
    }

    private void MarkCopies()
    {
        Flags.Not(_ended, _stepping);
        _ended.CopyTo(_resetting.AsSpan());
        if (_options.Autoreset != AutoresetMode.Disabled) return;
        int ended = Array.IndexOf(_ended, true);
        if (ended >= 0)
            throw VsgGymException.OutOfOrder($"step[{ended}]", null, "this copy's episode has ended and autoreset is disabled: reset it first", "step_after_end");
    }

    private void ClearOutcome()
    {
        for (int p = 0; p < Worlds.Spec.PlayerCount; p++)
        {
            Worlds.Rewards(p).Clear();
            Worlds.Terminated(p).Clear();
            Worlds.Truncated(p).Clear();
        }
    }

    private void ClearOutcome(ReadOnlySpan<bool> copies)
    {
        for (int p = 0; p < Worlds.Spec.PlayerCount; p++)
        {
            var rewards = Worlds.Rewards(p);
            for (int b = 0; b < copies.Length; b++)
                if (copies[b]) rewards[b] = 0;
            Flags.Remove(Worlds.Terminated(p), copies);
            Flags.Remove(Worlds.Truncated(p), copies);
        }
    }

    private void FinishSteps()
    {
        int limit = _options.TimeLimit ?? int.MaxValue;
        Flags.Count(Worlds.Times, _stepping);
        for (int b = 0; b < _stepping.Length && limit < int.MaxValue; b++)
            if (_stepping[b] && Worlds.Times[b] >= limit) Truncate(b);
        for (int p = 0; p < Worlds.Spec.PlayerCount; p++)
        {
            if (Worlds.Live(p).Contains(false)) SilenceThoseWhoLeft(p);
            Flags.Remove(Worlds.Live(p), Worlds.Terminated(p));
            Flags.Remove(Worlds.Live(p), Worlds.Truncated(p));
        }

        MarkEnded();
    }

    /// <summary>A seat that left earlier was told so once: no more rewards, no more flags.</summary>
    private void SilenceThoseWhoLeft(int player)
    {
        var live = Worlds.Live(player);
        Flags.ClearUnless(Worlds.Rewards(player), live);
        Flags.Keep(Worlds.Terminated(player), live);
        Flags.Keep(Worlds.Truncated(player), live);
    }

    private void Truncate(int copy)
    {
        for (int p = 0; p < Worlds.Spec.PlayerCount; p++)
            if (Worlds.Live(p)[copy] && !Worlds.Terminated(p)[copy]) Worlds.Truncated(p)[copy] = true;
    }

    private void MarkEnded()
    {
        _ended.AsSpan().Fill(true);
        foreach (int p in _own) Flags.Remove(_ended, Worlds.Live(p));

        if (_options.Autoreset != AutoresetMode.SameStep) return;
        foreach (int p in _own) KeepFinalObservations(p);
        _ended.CopyTo(_resetting.AsSpan());
    }

    private void KeepFinalObservations(int player)
    {
        if (Array.IndexOf(_ended, true) < 0) return;
        int bytes = Worlds.Spec.Observations[player].Bytes;
        var from = Worlds.FieldBytes(FieldKind.Observation, player, bytes);
        var to = Worlds.FieldBytes(FieldKind.FinalObservation, player, bytes);
        for (int b = 0; b < _ended.Length; b++)
            if (_ended[b]) from.Slice(b * bytes, bytes).CopyTo(to.Slice(b * bytes, bytes));
    }

    private void StartEpisodes()
    {
        var marks = MemoryMarshal.AsBytes(_resetting.AsSpan());
        for (int b = 0; b < marks.Length; b++) Worlds.Times[b] &= marks[b] - 1; // 0 where marked
        Flags.Remove(_ended, _resetting);
        for (int p = 0; p < Worlds.Spec.PlayerCount; p++) Flags.Add(Worlds.Live(p), _resetting);

        Worlds.Resetting = true;
        _environment.Reset(Worlds, _resetting);
        Worlds.Resetting = false;
        _resetting.AsSpan().Clear();
    }

    private void Autoreset()
    {
        if (Array.IndexOf(_resetting, true) < 0) return;
        var marks = MemoryMarshal.AsBytes(_resetting.AsSpan());
        for (int b = 0; b < marks.Length; b++) Worlds.Episodes[b] += marks[b];
        StartEpisodes();
    }
}
