using System.Runtime.InteropServices;
using VsgGym.Core;
using VsgGym.Networks;
using VsgGym.Numerics;

namespace VsgGym.Learning;

/// <summary>The copies of a game that a learner plays, in the terms of its players: states and actions as they stand in a replay.</summary>
/// <remarks>A copy that has ended is reset after its last transition has been read, so every step of every copy is a transition.</remarks>
internal sealed class GameTable
{
    private readonly VectorEnvironment _games;
    private readonly IReadOnlyList<Player> _players;
    private readonly float[][] _states; // [player][B * state], before the step
    private readonly float[][] _actions; // [player][B * own]
    private readonly bool[][] _live; // [player][B], before the step
    private readonly bool[] _ended; // [B]
    private readonly byte[] _bytes;

    public GameTable(Core.Environment environment, IReadOnlyList<Player> players, int copies, int? timeLimit, RandomStream random)
    {
        _players = players;
        var seeds = random.Fork("env");
        _games = new VectorEnvironment(environment, new VectorOptions { Copies = copies, Autoreset = AutoresetMode.Disabled, TimeLimit = timeLimit }, seeds.NextUInt64());
        _games.Reset();
        _bytes = new byte[_games.ActionBytes];
        _states = [.. players.Select(player => new float[copies * player.Seat.Layout.State])];
        _actions = [.. players.Select(player => new float[copies * player.Seat.Layout.Own])];
        _ended = new bool[copies];
        _live = [.. players.Select(_ => new bool[copies])];
        MeanRewards = [.. players.Select(_ => double.NaN)];
    }

    /// <summary>Mean reward of the last step over the copies that a player took part in, [N]; NaN before the first.</summary>
    public double[] MeanRewards { get; }

    /// <summary>One step of every copy; what each player saw, did and got goes to its replay.</summary>
    /// <param name="act">Fills a player's actions, given its states.</param>
    public void Step(Action<Player, float[], float[]> act)
    {
        var worlds = _games.Worlds;
        for (int p = 0; p < _players.Count; p++)
        {
            ReadStates(p, _states[p]);
            worlds.Live(p).CopyTo(_live[p]);
            act(_players[p], _states[p], _actions[p]);
        }

        WriteActions();
        _games.Step(_bytes);
        for (int p = 0; p < _players.Count; p++) Record(p);
        ResetEnded();
    }

    public void Save(BinaryWriter writer)
    {
        writer.Flush();
        _games.Save(writer.BaseStream);
        foreach (double reward in MeanRewards) writer.Write(reward);
    }

    public void Load(BinaryReader reader)
    {
        _games.Load(reader.BaseStream);
        for (int p = 0; p < MeanRewards.Length; p++) MeanRewards[p] = reader.ReadDouble();
    }

    private void ResetEnded()
    {
        _ended.AsSpan().Fill(true);
        for (int p = 0; p < _players.Count; p++)
        {
            var live = _games.Worlds.Live(p);
            for (int b = 0; b < _ended.Length; b++) _ended[b] &= !live[b];
        }

        if (_ended.Contains(true)) _games.Reset(copies: _ended);
    }

    private void ReadStates(int player, Span<float> states)
    {
        var seat = _players[player].Seat;
        for (int b = 0; b < _games.Copies; b++) ReadState(seat, b, states.Slice(b * seat.Layout.State, seat.Layout.State));
    }

    private void ReadState(Seat seat, int copy, Span<float> state)
    {
        var worlds = _games.Worlds;
        if (seat.Observation.Space is DiscreteSpace) state[0] = worlds.DiscreteObservations(seat.Player)[copy];
        else
        {
            var observation = worlds.BoxObservations(seat.Player).Slice(copy * seat.Observation.Length, seat.Observation.Length);
            for (int k = 0; k < observation.Length; k++) state[k] = (observation[k] - seat.Observation.Offset(k)) * seat.Observation.Scale(k);
        }

        if (seat.Layout.Mask == 0) return;
        var mask = worlds.LegalActions(seat.Player).Slice(copy * seat.Layout.Mask, seat.Layout.Mask);
        var target = state[seat.Layout.MaskAt];
        for (int a = 0; a < mask.Length; a++) target[a] = mask[a] ? 1 : 0;
    }

    private void WriteActions()
    {
        int offset = 0;
        for (int p = 0; p < _players.Count; p++)
        {
            var numbers = _actions[p];
            if (_players[p].Seat.Action is GaussianHead head)
            {
                var box = MemoryMarshal.Cast<byte, float>(_bytes.AsSpan(offset, numbers.Length * sizeof(float)));
                for (int i = 0; i < numbers.Length; i++)
                {
                    int k = i % head.Encoded;
                    box[i] = Math.Clamp(head.Center(k) + (head.Half(k) * numbers[i]), head.Box.Low[k], head.Box.High[k]);
                }
            }
            else
            {
                var choices = MemoryMarshal.Cast<byte, int>(_bytes.AsSpan(offset, numbers.Length * sizeof(int)));
                for (int b = 0; b < numbers.Length; b++) choices[b] = (int)numbers[b];
            }

            offset += numbers.Length * sizeof(float); // an int32 and a float32 take the same room
        }
    }

    private void Record(int player)
    {
        var (seat, layout, worlds) = (_players[player].Seat, _players[player].Seat.Layout, _games.Worlds);
        double sum = 0;
        int count = 0;
        for (int b = 0; b < _games.Copies; b++)
        {
            if (!_live[player][b]) continue; // left the episode before
            double reward = worlds.Rewards(player)[b];
            (sum, count) = (sum + reward, count + 1);
            var row = _players[player].Replay.Add();
            _states[player].AsSpan(b * layout.State, layout.State).CopyTo(row[layout.StateAt]);
            _actions[player].AsSpan(b * layout.Own, layout.Own).CopyTo(row[layout.OwnAt]);
            var others = row[layout.OthersAt];
            foreach (int other in seat.Others)
            {
                int length = _players[other].Seat.Layout.Own;
                _actions[other].AsSpan(b * length, length).CopyTo(others);
                others = others[length..];
            }

            ReadState(seat, b, row[layout.NextStateAt]);
            row[layout.RewardAt] = (float)reward;
            row[layout.GoesOnAt] = worlds.Terminated(player)[b] ? 0 : 1; // a truncated episode goes on in the target
        }

        MeanRewards[player] = count == 0 ? double.NaN : sum / count;
    }
}
