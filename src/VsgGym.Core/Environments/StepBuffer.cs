using System.Collections.Immutable;
using System.Runtime.InteropServices;
using VsgGym.Numerics;

namespace VsgGym.Core;

/// <summary>The worlds of B copies in structure-of-arrays form, and the bytes of a step that travel to the caller.</summary>
/// <remarks>One array of bytes holds every field; the first <see cref="Wire"/> bytes are the own seats' fields, in the order of <see cref="WireFields"/>.</remarks>
public sealed class StepBuffer
{
    private readonly byte[] _data;
    private readonly double[] _state;
    private readonly byte[][] _actions;
    private readonly int[][] _offset; // [kind][player]; -1 where the field is absent
    private readonly StepLayout _layout;
    private readonly int _stateSize;

    internal StepBuffer(Environment environment, int copies, IReadOnlyList<int> ownSeats, bool finalObservations)
    {
        Spec = environment.Spec;
        Copies = copies;
        _layout = StepLayout.Create(Spec, copies, ownSeats, finalObservations);
        WireFields = [.. _layout.Fields.Where(f => f.Offset < _layout.WireBytes)];
        _data = GC.AllocateArray<byte>(_layout.TotalBytes, pinned: true);
        _stateSize = environment.StateSize;
        long widest = Math.Max((long)_stateSize * sizeof(double), Spec.Actions.Max(space => space.Bytes));
        if (copies * widest > int.MaxValue)
            throw VsgGymException.OverLimit("num_envs", copies, "the states and the actions of the batch must each stay below 2 GiB", "batch_too_large");
        _state = new double[copies * _stateSize];
        _actions = [.. Spec.Actions.Select(space => new byte[copies * space.Bytes])];
        _offset = [.. Enum.GetValues<FieldKind>().Select(_ => Enumerable.Repeat(-1, Spec.PlayerCount).ToArray())];
        foreach (var field in _layout.Fields) _offset[(int)field.Kind][field.Player] = field.Offset;
        Times = new int[copies];
        Episodes = new uint[copies];
        Seeds = new ulong[copies];
    }

    /// <summary>Seats and spaces.</summary>
    public EnvironmentSpec Spec { get; }

    /// <summary>Number of copies B.</summary>
    public int Copies { get; }

    /// <summary>The fields that travel, in the order of their bytes.</summary>
    public ImmutableArray<Field> WireFields { get; }

    /// <summary>The bytes that travel; valid until the next reset or step.</summary>
    public ReadOnlyMemory<byte> Wire => _data.AsMemory(0, _layout.WireBytes);

    /// <summary>Time of the next decision of each copy, [B].</summary>
    internal int[] Times { get; }

    /// <summary>Episodes of each copy since its seed was set, [B].</summary>
    internal uint[] Episodes { get; }

    /// <summary>Effective seed of each copy, [B].</summary>
    internal ulong[] Seeds { get; }

    /// <summary>Rewards of a seat, [B].</summary>
    public Span<double> Rewards(int player) => Field<double>(FieldKind.Reward, player, 1);

    /// <summary>Discrete observations of a seat, [B].</summary>
    public Span<int> DiscreteObservations(int player) => Field<int>(FieldKind.Observation, player, 1);

    /// <summary>Box observations of a seat, [B * length].</summary>
    public Span<float> BoxObservations(int player) => Field<float>(FieldKind.Observation, player, Spec.Observations[player].Length);

    /// <summary>Legal-action masks of a seat, [B * A]; empty where the game forbids nothing.</summary>
    public Span<bool> LegalActions(int player) => _offset[(int)FieldKind.LegalActions][player] < 0
        ? [] : Field<bool>(FieldKind.LegalActions, player, ((DiscreteSpace)Spec.Actions[player]).Count);

    /// <summary>Whether the rules ended the episode for a seat, [B].</summary>
    public Span<bool> Terminated(int player) => Field<bool>(FieldKind.Terminated, player, 1);

    /// <summary>Whether a time limit cut the episode, [B].</summary>
    public Span<bool> Truncated(int player) => Field<bool>(FieldKind.Truncated, player, 1);

    /// <summary>Whether a seat is still in the episode, [B].</summary>
    public Span<bool> Live(int player) => Field<bool>(FieldKind.Live, player, 1);

    /// <summary>Discrete actions of a seat, [B].</summary>
    public Span<int> DiscreteActions(int player) => MemoryMarshal.Cast<byte, int>(_actions[player].AsSpan());

    /// <summary>Box actions of a seat, [B * length].</summary>
    public Span<float> BoxActions(int player) => MemoryMarshal.Cast<byte, float>(_actions[player].AsSpan());

    /// <summary>The hidden states of all copies, [B * state size].</summary>
    public Span<double> States => _state;

    /// <summary>Time of the next decision of a copy, from 0.</summary>
    public int TimeOf(int copy) => Times[copy];

    /// <summary>Effective seed of a copy.</summary>
    public ulong SeedOf(int copy) => Seeds[copy];

    internal Span<byte> ActionBytes(int player) => _actions[player];

    internal Span<byte> FieldBytes(FieldKind kind, int player, int bytesPerCopy) =>
        _data.AsSpan(_offset[(int)kind][player], Copies * bytesPerCopy);

    internal Span<double> StateOf(int copy) => _state.AsSpan(copy * _stateSize, _stateSize);

    internal ReadOnlySpan<float> BoxActionOf(int player, int copy)
    {
        int length = Spec.Actions[player].Length;
        return BoxActions(player).Slice(copy * length, length);
    }

    internal Span<float> BoxObservationOf(int player, int copy)
    {
        int length = Spec.Observations[player].Length;
        return BoxObservations(player).Slice(copy * length, length);
    }

    internal Span<bool> LegalActionsOfOrEmpty(int player, int copy) =>
        _offset[(int)FieldKind.LegalActions][player] < 0 ? [] : LegalActionsOf(player, copy);

    internal Span<bool> LegalActionsOf(int player, int copy)
    {
        var all = LegalActions(player);
        int length = all.Length / Copies;
        return all.Slice(copy * length, length);
    }

    /// <summary>The stream of a copy's present episode and step; step 0 is the reset.</summary>
    /// <param name="copy">Which copy.</param>
    /// <param name="domain">What the numbers are for (0: the rules; 1 + p: the occupant of seat p).</param>
    public RandomStream StreamOf(int copy, uint domain) => StreamAt(copy, domain, (uint)Times[copy] + (Resetting ? 0u : 1u));

    /// <summary>The first <see cref="RandomStream.NextInt32"/> of <see cref="StreamOf"/> for each of the copies that start at one.</summary>
    internal void FirstInt32s(int from, uint domain, ReadOnlySpan<int> exclusiveMaxima, Span<int> values)
    {
        int length = values.Length;
        RandomBatch.NextInt32(
            Seeds.AsSpan(from, length), domain, Episodes.AsSpan(from, length), Times.AsSpan(from, length), Resetting ? 0u : 1u,
            exclusiveMaxima, values);
    }

    /// <summary>The first <see cref="RandomStream.NextUInt64"/> of <see cref="StreamOf"/> for each of the copies that start at one.</summary>
    internal void FirstWords(int from, uint domain, Span<ulong> words) => Words(from, domain, 0, words);

    /// <summary>A <see cref="RandomStream.NextUInt64"/> of <see cref="StreamOf"/> for each of the copies that start at one, whether they step or not.</summary>
    /// <param name="from">The first copy.</param>
    /// <param name="domain">What the numbers are for (0: the rules; 1 + p: the occupant of seat p).</param>
    /// <param name="number">Which number of each stream, from 0.</param>
    /// <param name="words">[n], overwritten; from + n at most B.</param>
    public void Words(int from, uint domain, int number, Span<ulong> words)
    {
        int length = words.Length;
        RandomBatch.UInt64At(
            number, Seeds.AsSpan(from, length), domain, Episodes.AsSpan(from, length), Times.AsSpan(from, length), Resetting ? 0u : 1u, words);
    }

    /// <summary>Two successive numbers like those of <see cref="Words"/>, at the price of one.</summary>
    /// <param name="from">The first copy.</param>
    /// <param name="domain">What the numbers are for (0: the rules; 1 + p: the occupant of seat p).</param>
    /// <param name="pair">Which pair of each stream, from 0: the numbers 2 pair and 2 pair + 1.</param>
    /// <param name="first">[n], overwritten; from + n at most B.</param>
    /// <param name="second">[n], overwritten.</param>
    public void WordPairs(int from, uint domain, int pair, Span<ulong> first, Span<ulong> second)
    {
        int length = first.Length;
        RandomBatch.UInt64PairsAt(
            pair, Seeds.AsSpan(from, length), domain, Episodes.AsSpan(from, length), Times.AsSpan(from, length), Resetting ? 0u : 1u, first, second);
    }

    /// <summary>Ends the episodes of marked copies for every seat by the rules of the game.</summary>
    /// <param name="from">The first copy.</param>
    /// <param name="copies">[n], which of the copies that start there; from + n at most B.</param>
    public void Terminate(int from, ReadOnlySpan<bool> copies)
    {
        for (int p = 0; p < Spec.PlayerCount; p++) Flags.Add(Terminated(p).Slice(from, copies.Length), copies);
    }

    /// <summary>Set while copies are being reset, so that a reset and the first step draw from different streams.</summary>
    internal bool Resetting { get; set; }

    private RandomStream StreamAt(int copy, uint domain, uint step) => RandomStream.At(Seeds[copy], domain, Episodes[copy], step);

    /// <summary>Every array that a step reads or writes, as bytes and in a fixed order: together they are the worlds.</summary>
    internal Memory<byte>[] Parts()
    {
        var parts = new List<Memory<byte>> { _data };
        parts.AddRange(_actions.Select(actions => actions.AsMemory()));
        return [.. parts];
    }

    private Span<T> Field<T>(FieldKind kind, int player, int length)
        where T : unmanaged
    {
        int offset = _offset[(int)kind][player];
        return MemoryMarshal.Cast<byte, T>(_data.AsSpan(offset, Copies * length * System.Runtime.CompilerServices.Unsafe.SizeOf<T>()));
    }
}
