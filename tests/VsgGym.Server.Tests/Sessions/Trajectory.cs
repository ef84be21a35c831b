using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Google.Protobuf;
using VsgGym.Protocol.V1;

namespace VsgGym.Server.Tests;

/// <summary>Plays fixed legal actions and keeps, per copy, the bytes of every field of every step.</summary>
internal sealed class Trajectory
{
    private readonly MakeResponse _made;
    private readonly int _copies;
    private readonly IncrementalHash[] _hashes;

    public Trajectory(MakeResponse made)
    {
        _made = made;
        _copies = made.Seeds.Count;
        _hashes = [.. Enumerable.Range(0, _copies).Select(_ => IncrementalHash.CreateHash(HashAlgorithmName.SHA256))];
    }

    /// <summary>Per copy, the hash of all that was added.</summary>
    public string[] Hashes => [.. _hashes.Select(hash => Convert.ToHexString(hash.GetCurrentHash()))];

    public StepResponse Add(StepResponse response)
    {
        var data = response.Data.Span;
        foreach (var field in _made.Fields)
        {
            int bytes = (int)field.Bytes / _copies;
            for (int b = 0; b < _copies; b++) _hashes[b].AppendData(data.Slice((int)field.Offset + (b * bytes), bytes));
        }

        return response;
    }

    /// <summary>Actions that depend on the copy's seed and the step only: legal ones, spread over the choices.</summary>
    public StepRequest Act(StepResponse last, int step)
    {
        var actions = new byte[_made.ActionBytes];
        int offset = 0;
        for (int i = 0; i < _made.Players.Count; i++)
        {
            var player = _made.Players[i];
            for (int b = 0; b < _copies; b++)
            {
                ulong turn = unchecked((_made.Seeds[b] * 7) + ((ulong)step * 3) + (ulong)i);
                if (player.Action.KindCase == Space.KindOneofCase.Discrete)
                    MemoryMarshal.Write(actions.AsSpan(offset + (b * sizeof(int))), Discrete(last, player, b, turn));
                else
                    for (int k = 0; k < player.Action.Box.Low.Count; k++)
                        MemoryMarshal.Write(actions.AsSpan(offset + (((b * player.Action.Box.Low.Count) + k) * sizeof(float))), Box(player.Action.Box, k, turn));
            }

            offset += _copies * sizeof(float) * (player.Action.Box?.Low.Count ?? 1);
        }

        return new StepRequest { EnvironmentId = _made.EnvironmentId, Actions = ByteString.CopyFrom(actions) };
    }

    private int Discrete(StepResponse last, PlayerSpec player, int copy, ulong turn)
    {
        int count = player.Action.Discrete.Count;
        var field = _made.Fields.FirstOrDefault(f => f.Kind == FieldKind.LegalActions && f.Player == player.Name);
        if (field is null) return (int)(turn % (ulong)count);
        var mask = last.Data.Span.Slice((int)field.Offset + (copy * count), count);
        int legal = mask.Count((byte)1), wanted = (int)(turn % (ulong)Math.Max(1, legal));
        for (int a = 0; a < count; a++)
            if (mask[a] == 1 && wanted-- == 0) return a;
        return 0;
    }

    private static float Box(BoxSpace box, int k, ulong turn) => box.Low[k] + ((box.High[k] - box.Low[k]) * (turn % 11 / 10f));
}
