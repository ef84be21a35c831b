using System.Buffers;
using System.Numerics;
using VsgGym.Core;

namespace VsgGym.Games;

/// <summary>Resets and steps many populations at once; bit for bit what the cores of <see cref="MeanFieldEnvironment"/> do one by one.</summary>
/// <remarks>
/// Copies go in chunks. A chunk's agents lie by agent, then by copy, [N, n], and so do the numbers of agents per state and the keys of what each
/// state feels, [S, n]; agent by agent, rewards and moves are then looked up for all copies. A chunk of which only some copies are marked is worked out
/// as a whole, and what was not asked for is thrown away.
/// </remarks>
internal sealed class MeanFieldBatch(MeanFieldGame rules, MeanFieldTables tables, int agents, bool observePopulation)
{
    private const int MostCopies = 256; // of a chunk
    private const int LeastCopies = 16;
    private const int UnusedBits = 11; // of 64, of which a number in [0, 1) uses 53
    private const int Room = 1 << 14; // numbers that stay in the nearest caches

    private readonly int _states = rules.StateCount;
    private readonly int _copies = Math.Clamp(Room / (agents + (2 * rules.StateCount) + 3), LeastCopies, MostCopies);
    private readonly float[] _shares = [.. Enumerable.Range(0, agents + 1).Select(count => (float)((double)count / agents))];

    /// <summary>Starts the marked copies.</summary>
    public void Reset(StepBuffer worlds, ReadOnlySpan<bool> copies)
    {
        int[] rented = ArrayPool<int>.Shared.Rent(_copies * (agents + _states));
        Span<ulong> first = stackalloc ulong[MostCopies], second = stackalloc ulong[MostCopies];
        for (int from = 0; from < copies.Length; from += _copies)
        {
            var marked = copies.Slice(from, Math.Min(_copies, copies.Length - from));
            if (!marked.Contains(true)) continue;
            int n = marked.Length;
            Span<int> states = rented.AsSpan(0, agents * n), counts = rented.AsSpan(states.Length, _states * n);
            for (int i = 0; i < agents; i++)
            {
                var own = states.Slice(i * n, n);
                if (i % 2 == 0 && tables.Initial.Length > 1) worlds.WordPairs(from, 0, i / 2, first[..n], second[..n]);
                own.Clear();
                Pick(tables.Initial.Length, tables.Initial, tables.InitialBounds, own, (i % 2 == 0 ? first : second)[..n]);
            }

            Finish(worlds, marked, from, states, counts);
        }

        ArrayPool<int>.Shared.Return(rented);
    }

    /// <summary>Moves the marked copies by their agents' actions.</summary>
    public void Step(StepBuffer worlds, ReadOnlySpan<bool> copies)
    {
        int[] rented = ArrayPool<int>.Shared.Rent(_copies * (agents + (2 * _states) + 3));
        for (int from = 0; from < copies.Length; from += _copies)
        {
            var marked = copies.Slice(from, Math.Min(_copies, copies.Length - from));
            if (marked.Contains(true)) StepChunk(worlds, marked, from, rented);
        }

        ArrayPool<int>.Shared.Return(rented);
        BoxBatch.End(worlds, copies, rules.Horizon);
    }

    private void StepChunk(StepBuffer worlds, ReadOnlySpan<bool> copies, int from, Span<int> rented)
    {
        int n = copies.Length;
        Span<int> states = rented[..(agents * n)], counts = rented.Slice(states.Length, _states * n), keys = rented.Slice(states.Length + counts.Length, counts.Length);
        var rest = rented[(states.Length + (2 * counts.Length))..];
        Span<int> rewardTimes = rest[..n], moveTimes = rest.Slice(n, n), moves = rest.Slice(2 * n, n);
        Load(worlds, from, states, n);
        Count(states, counts, n);
        if (tables.FeelsOwnStateOnly) keys = counts;
        else FindKeys(counts, keys, n);
        int times = FindTimes(worlds, from, rewardTimes, moveTimes);
        Span<double> paid = stackalloc double[MostCopies];
        Span<ulong> first = stackalloc ulong[MostCopies], second = stackalloc ulong[MostCopies];
        for (int i = 0; i < agents; i++)
        {
            var own = states.Slice(i * n, n);
            LookUp(worlds.DiscreteActions(i).Slice(from, n), own, keys, rewardTimes[..times], moveTimes[..times], moves, paid[..n]);
            BoxBatch.Pay(worlds.Rewards(i).Slice(from, n), paid[..n], copies);
            if (i % 2 == 0 && tables.Width > 1) worlds.WordPairs(from, 0, i / 2, first[..n], second[..n]);
            moves.CopyTo(own);
            Pick(tables.Width, tables.Successors, tables.Bounds, own, (i % 2 == 0 ? first : second)[..n]);
        }

        Finish(worlds, copies, from, states, counts);
    }

    private void Load(StepBuffer worlds, int from, Span<int> states, int n)
    {
        ReadOnlySpan<double> all = worlds.States.Slice(from * agents, n * agents);
        for (int b = 0, at = 0; b < n; b++)
            for (int i = b; i < states.Length; i += n) states[i] = (int)all[at++];
    }

    private static void Count(ReadOnlySpan<int> states, Span<int> counts, int n)
    {
        counts.Clear();
        for (int start = 0; start < states.Length; start += n)
        {
            var own = states.Slice(start, n);
            for (int b = 0; b < own.Length; b++) counts[(own[b] * n) + b]++;
        }
    }

    private void FindKeys(ReadOnlySpan<int> counts, Span<int> keys, int n)
    {
        keys.Clear();
        for (int s = 0; s < _states; s++)
        {
            int place = 1;
            foreach (int felt in tables.Felt[s])
            {
                AddScaled(keys.Slice(s * n, n), counts.Slice(felt * n, n), place);
                place *= agents + 1;
            }
        }
    }

    private static void AddScaled(Span<int> sums, ReadOnlySpan<int> numbers, int factor)
    {
        int i = 0;
        for (; i <= sums.Length - Vector<int>.Count; i += Vector<int>.Count)
            (new Vector<int>(sums[i..]) + (new Vector<int>(numbers[i..]) * factor)).CopyTo(sums[i..]);
        for (; i < sums.Length; i++) sums[i] += numbers[i] * factor;
    }

    /// <summary>Where the numbers of the copies' times start; returns 1 where that is one place for all, else n.</summary>
    private int FindTimes(StepBuffer worlds, int from, Span<int> rewardTimes, Span<int> moveTimes)
    {
        int last = rules.Horizon - 1; // copies that have ended wait at the time after it
        bool common = true;
        for (int b = 0; b < rewardTimes.Length; b++)
        {
            int time = Math.Min(worlds.TimeOf(from + b), last);
            (rewardTimes[b], moveTimes[b]) = (tables.RewardTimes[time], tables.MoveTimes[time]);
            common &= rewardTimes[b] == rewardTimes[0] && moveTimes[b] == moveTimes[0];
        }

        return common ? 1 : rewardTimes.Length;
    }

    /// <summary>Looks up what an agent is paid and how it moves in each copy; times of one number where all copies have it in common.</summary>
    private void LookUp(
        ReadOnlySpan<int> actions, ReadOnlySpan<int> states, ReadOnlySpan<int> keys, ReadOnlySpan<int> rewardTimes, ReadOnlySpan<int> moveTimes,
        Span<int> moves, Span<double> paid)
    {
        int width = rules.ActionCount, n = paid.Length;
        ReadOnlySpan<int> rowStarts = tables.RowStarts;
        actions = actions[..n];
        states = states[..n];
        moves = moves[..n];
        bool keyed = tables.MovesHaveKeys;
        if (rewardTimes.Length == 1)
        {
            var rewards = tables.Rewards.AsSpan(rewardTimes[0], rowStarts[^1]);
            int start = moveTimes[0];
            for (int b = 0; b < n; b++)
            {
                int state = states[b], row = (state * width) + actions[b], cell = rowStarts[row] + keys[(state * n) + b];
                paid[b] = rewards[cell];
                moves[b] = start + (keyed ? cell : row);
            }

            return;
        }

        for (int b = 0; b < n; b++)
        {
            int state = states[b], row = (state * width) + actions[b], cell = rowStarts[row] + keys[(state * n) + b];
            paid[b] = tables.Rewards[rewardTimes[b] + cell];
            moves[b] = moveTimes[b] + (keyed ? cell : row);
        }
    }

    /// <summary>In place of each move the state that follows it, by the upper 53 bits of a number.</summary>
    private static void Pick(int width, int[] successors, ulong[] bounds, Span<int> moves, ReadOnlySpan<ulong> words)
    {
        if (width == 2) PickOfTwo(successors, bounds, moves, words);
        else if (width == 3) PickOfThree(successors, bounds, moves, words);
        else PickOfMany(width, successors, bounds, moves, words);
    }

    private static void PickOfMany(int width, int[] successors, ulong[] bounds, Span<int> moves, ReadOnlySpan<ulong> words)
    {
        words = words[..moves.Length];
        for (int b = 0; b < moves.Length; b++)
        {
            int move = moves[b], found = move * width;
            ulong number = words[b] >> UnusedBits;
            for (int k = move * (width - 1), end = k + width - 1; k < end; k++) found += number >= bounds[k] ? 1 : 0;
            moves[b] = successors[found];
        }
    }

    private static void PickOfTwo(int[] successors, ulong[] bounds, Span<int> moves, ReadOnlySpan<ulong> words)
    {
        words = words[..moves.Length];
        for (int b = 0; b < moves.Length; b++) moves[b] = successors[(2 * moves[b]) + (words[b] >> UnusedBits >= bounds[moves[b]] ? 1 : 0)];
    }

    private static void PickOfThree(int[] successors, ulong[] bounds, Span<int> moves, ReadOnlySpan<ulong> words)
    {
        words = words[..moves.Length];
        for (int b = 0; b < moves.Length; b++)
        {
            int move = moves[b];
            ulong number = words[b] >> UnusedBits;
            moves[b] = successors[(3 * move) + (number >= bounds[2 * move] ? 1 : 0) + (number >= bounds[(2 * move) + 1] ? 1 : 0)];
        }
    }

    /// <summary>Writes states and observations of the marked copies.</summary>
    private void Finish(StepBuffer worlds, ReadOnlySpan<bool> copies, int from, ReadOnlySpan<int> states, Span<int> counts)
    {
        int n = copies.Length;
        bool all = !copies.Contains(false);
        var kept = worlds.States.Slice(from * agents, n * agents);
        for (int b = 0, at = 0; b < n; b++, at += agents)
        {
            if (!copies[b]) continue;
            var own = kept.Slice(at, agents);
            for (int i = 0, k = b; i < own.Length; i++, k += n) own[i] = states[k];
        }

        if (observePopulation)
        {
            Count(states, counts, n);
            for (int i = 0; i < agents; i++) WriteBoth(worlds.BoxObservations(i).Slice(from * 2 * _states, n * 2 * _states), copies, states.Slice(i * n, n), counts);
            return;
        }

        for (int i = 0; i < agents; i++)
        {
            var own = states.Slice(i * n, n);
            var seen = worlds.DiscreteObservations(i).Slice(from, n);
            if (all) own.CopyTo(seen);
            else
                for (int b = 0; b < n; b++)
                    if (copies[b]) seen[b] = own[b];
        }
    }

    private void WriteBoth(Span<float> seen, ReadOnlySpan<bool> copies, ReadOnlySpan<int> states, ReadOnlySpan<int> counts)
    {
        int n = copies.Length;
        for (int b = 0; b < n; b++)
        {
            if (!copies[b]) continue;
            var vector = seen.Slice(b * 2 * _states, 2 * _states);
            vector[.._states].Clear();
            vector[states[b]] = 1;
            for (int s = 0; s < _states; s++) vector[_states + s] = _shares[counts[(s * n) + b]];
        }
    }
}
