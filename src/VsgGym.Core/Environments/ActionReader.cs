using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace VsgGym.Core;

/// <summary>Checks a step's actions in full, then writes them into the buffer.</summary>
internal sealed class ActionReader
{
    private const int ShownFaults = 10;

    private readonly StepBuffer _worlds;
    private readonly int[] _seats;
    private readonly IllegalActionRule _rule;

    public ActionReader(StepBuffer worlds, int[] seats, IllegalActionRule rule)
    {
        _worlds = worlds;
        _seats = seats;
        _rule = rule;
        long bytes = seats.Sum(seat => (long)worlds.Copies * worlds.Spec.Actions[seat].Bytes);
        if (bytes > int.MaxValue)
            throw VsgGymException.OverLimit("num_envs", worlds.Copies, "one step's actions must stay below 2 GiB", "batch_too_large");
        Bytes = (int)bytes;
    }

    /// <summary>Bytes of one step's actions.</summary>
    public int Bytes { get; }

    /// <summary>Checks the actions of live seats of stepping copies; the actions of others are ignored.</summary>
    /// <exception cref="VsgGymException">Wrong length, out of range, out of bounds or illegal; the buffer is untouched.</exception>
    public void Read(ReadOnlySpan<byte> actions, ReadOnlySpan<bool> stepping)
    {
        if (actions.Length != Bytes) throw WrongLength(actions.Length);
        bool sound = true;
        for (int i = 0, offset = 0; i < _seats.Length; i++)
        {
            var own = Slice(actions, _seats[i], ref offset);
            sound &= _worlds.Spec.Actions[_seats[i]] is DiscreteSpace space
                ? DiscreteSound(_seats[i], MemoryMarshal.Cast<byte, int>(own), space.Count, stepping)
                : BoxSound(_seats[i], MemoryMarshal.Cast<byte, float>(own), stepping);
        }

        if (!sound) throw Explain(actions, stepping);
        for (int i = 0, offset = 0; i < _seats.Length; i++)
        {
            Slice(actions, _seats[i], ref offset).CopyTo(_worlds.ActionBytes(_seats[i]));
            if (_worlds.Live(_seats[i]).Contains(false)) ReplaceIgnored(_seats[i]);
            if (_rule == IllegalActionRule.FirstLegal && !_worlds.LegalActions(_seats[i]).IsEmpty) Substitute(_seats[i], stepping);
        }
    }

    private ReadOnlySpan<byte> Slice(ReadOnlySpan<byte> actions, int seat, ref int offset)
    {
        int bytes = _worlds.Copies * _worlds.Spec.Actions[seat].Bytes;
        var slice = actions.Slice(offset, bytes);
        offset += bytes;
        return slice;
    }

    private bool DiscreteSound(int seat, ReadOnlySpan<int> actions, int count, ReadOnlySpan<bool> stepping)
    {
        ReadOnlySpan<bool> live = _worlds.Live(seat), mask = _worlds.LegalActions(seat);
        bool checkMask = !mask.IsEmpty && _rule == IllegalActionRule.Refuse;
        if (!checkMask && Flags.AllBelow(actions, count)) return true;
        for (int b = 0; b < actions.Length; b++)
        {
            if (!(stepping[b] & live[b])) continue;
            if ((uint)actions[b] >= (uint)count) return false;
            if (checkMask && !mask[(b * count) + actions[b]]) return false;
        }

        return true;
    }

    private bool BoxSound(int seat, ReadOnlySpan<float> actions, ReadOnlySpan<bool> stepping)
    {
        var space = (BoxSpace)_worlds.Spec.Actions[seat];
        ReadOnlySpan<float> low = space.Low.AsSpan(), high = space.High.AsSpan();
        ReadOnlySpan<bool> live = _worlds.Live(seat);
        for (int b = 0; b < live.Length; b++)
        {
            if (!(stepping[b] & live[b])) continue;
            for (int k = 0; k < low.Length; k++)
            {
                float value = actions[(b * low.Length) + k];
                if (!(value >= low[k] && value <= high[k])) return false; // NaN fails both
            }
        }

        return true;
    }

    /// <summary>Gives seats that have left a valid action, so that no rule ever meets one that was not checked.</summary>
    private void ReplaceIgnored(int seat)
    {
        ReadOnlySpan<bool> live = _worlds.Live(seat);
        var box = _worlds.Spec.Actions[seat] as BoxSpace;
        if (box is null)
        {
            Flags.ClearUnless(_worlds.DiscreteActions(seat), live);
            return;
        }

        for (int b = 0; b < live.Length; b++)
            if (!live[b]) box.Low.AsSpan().CopyTo(_worlds.BoxActions(seat)[(b * box.Length)..]);
    }

    /// <summary>Products in place of branches: what is random is guessed wrong.</summary>
    private void Substitute(int seat, ReadOnlySpan<bool> stepping)
    {
        Span<int> actions = _worlds.DiscreteActions(seat);
        ReadOnlySpan<byte> marked = MemoryMarshal.AsBytes(stepping), live = MemoryMarshal.AsBytes<bool>(_worlds.Live(seat));
        ReadOnlySpan<byte> mask = MemoryMarshal.AsBytes<bool>(_worlds.LegalActions(seat));
        int count = mask.Length / actions.Length;
        int b = count <= sizeof(ulong) && Avx2.IsSupported ? SubstituteInFours(actions, marked, live, mask, count) : 0, row = b * count;
        if (count <= sizeof(ulong)) // a copy's mask, and what follows it, as one word
            for (; b < actions.Length && row <= mask.Length - sizeof(ulong); b++, row += count)
            {
                ulong word = Unsafe.ReadUnaligned<ulong>(in mask[row]);
                int acts = marked[b] & live[b], action = acts * actions[b];
                int illegal = acts & ((int)(word >> (8 * action)) ^ 1);
                actions[b] += illegal * ((BitOperations.TrailingZeroCount(word) >> 3) - action);
            }

        for (; b < actions.Length; b++, row += count)
        {
            int acts = marked[b] & live[b], action = acts * actions[b]; // of others anything may stand there
            int illegal = acts & (mask[row + action] ^ 1);
            actions[b] += illegal * (mask.Slice(row, count).IndexOf((byte)1) - action);
        }
    }

    /// <summary>The same for four copies at a time; returns how many copies it has done.</summary>
    private static int SubstituteInFours(Span<int> actions, ReadOnlySpan<byte> marked, ReadOnlySpan<byte> live, ReadOnlySpan<byte> mask, int count)
    {
        var ones = Vector256.Create(0x0101010101010101UL);
        var evens = Vector256.Create(0, 2, 4, 6, 0, 2, 4, 6);
        int b = 0;
        for (int row = 0; b <= actions.Length - 4 && row + (3 * count) <= mask.Length - sizeof(ulong); b += 4, row += 4 * count)
        {
            var words = Vector256.Create(Word(mask, row), Word(mask, row + count), Word(mask, row + (2 * count)), Word(mask, row + (3 * count)));
            var acts = Avx2.ConvertToVector256Int64(Vector128.CreateScalarUnsafe(MemoryMarshal.Read<uint>(marked[b..]) & MemoryMarshal.Read<uint>(live[b..])).AsByte());
            var given = Vector128.Create<int>(actions[b..]);
            var action = Avx2.ConvertToVector256Int64(given) & -acts; // of others anything may stand there
            var illegal = Avx2.AndNot(Avx2.ShiftRightLogicalVariable(words, action.AsUInt64() << 3).AsInt64(), acts);
            // Below the lowest flag every byte is 0, and less 1 all of their bits are set: one bit of each counted is the first legal action.
            var first = Avx2.SumAbsoluteDifferences((Avx2.AndNot(words, words - Vector256<ulong>.One) & ones).AsByte(), Vector256<byte>.Zero).AsInt64();
            var change = (first - action) & -illegal;
            (given + Avx2.PermuteVar8x32(change.AsInt32(), evens).GetLower()).CopyTo(actions[b..]);
        }

        return b;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Word(ReadOnlySpan<byte> bytes, int offset) => Unsafe.ReadUnaligned<ulong>(in bytes[offset]);

    private VsgGymException WrongLength(int length)
    {
        var parts = _seats.Select(seat => $"{_worlds.Spec.Players[seat]}: {Describe(_worlds.Spec.Actions[seat])}");
        return VsgGymException.Invalid("actions", $"{length} bytes", $"must have {Bytes} bytes: {string.Join(", ", parts)}", "wrong_shape");
    }

    private string Describe(Space space) => space is DiscreteSpace ? $"int32 [{_worlds.Copies}]" : $"float32 [{_worlds.Copies}, {space.Length}]";

    private VsgGymException Explain(ReadOnlySpan<byte> actions, ReadOnlySpan<bool> stepping)
    {
        var faults = new FaultList(ShownFaults);
        for (int i = 0, offset = 0; i < _seats.Length; i++)
        {
            var own = Slice(actions, _seats[i], ref offset);
            for (int b = 0; b < _worlds.Copies; b++)
            {
                if (!stepping[b] || !_worlds.Live(_seats[i])[b]) continue;
                if (_worlds.Spec.Actions[_seats[i]] is DiscreteSpace space) ExplainDiscrete(_seats[i], b, MemoryMarshal.Cast<byte, int>(own)[b], space, faults);
                else ExplainBox(_seats[i], b, MemoryMarshal.Cast<byte, float>(own), faults);
            }
        }

        return faults.ToException();
    }

    private void ExplainDiscrete(int seat, int copy, int action, DiscreteSpace space, FaultList faults)
    {
        string path = $"actions.{_worlds.Spec.Players[seat]}[{copy}]";
        var mask = _worlds.LegalActionsOfOrEmpty(seat, copy);
        if ((uint)action >= (uint)space.Count)
            faults.Add(path, action, $"must be in [0, {space.Count - 1}]", "out_of_range");
        else if (!mask.IsEmpty && _rule == IllegalActionRule.Refuse && !mask[action])
        {
            var legal = new List<int>();
            for (int a = 0; a < mask.Length; a++)
                if (mask[a]) legal.Add(a);
            faults.Add(path, action, $"is illegal in this state; legal: {string.Join(", ", legal)}", "illegal_action");
        }
    }

    private void ExplainBox(int seat, int copy, ReadOnlySpan<float> actions, FaultList faults)
    {
        var space = (BoxSpace)_worlds.Spec.Actions[seat];
        for (int k = 0; k < space.Length; k++)
        {
            float value = actions[(copy * space.Length) + k];
            if (!(value >= space.Low[k] && value <= space.High[k]))
                faults.Add($"actions.{_worlds.Spec.Players[seat]}[{copy}, {k}]", value, FormattableString.Invariant($"must be in [{space.Low[k]}, {space.High[k]}]"), "out_of_range");
        }
    }
}
