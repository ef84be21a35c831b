using System.Collections.Immutable;

namespace VsgGym.Core;

/// <summary>Where each array of a step lies in the data, own seats first, wider elements first so that all are aligned.</summary>
internal sealed class StepLayout
{
    private StepLayout(ImmutableArray<Field> fields, int wireBytes, int totalBytes)
    {
        Fields = fields;
        WireBytes = wireBytes;
        TotalBytes = totalBytes;
    }

    /// <summary>Every field of every seat.</summary>
    public ImmutableArray<Field> Fields { get; }

    /// <summary>Bytes that travel: the own seats' fields.</summary>
    public int WireBytes { get; }

    /// <summary>Bytes of all seats' fields.</summary>
    public int TotalBytes { get; }

    public static StepLayout Create(EnvironmentSpec spec, int copies, IReadOnlyList<int> ownSeats, bool finalObservations)
    {
        var fields = ImmutableArray.CreateBuilder<Field>();
        long offset = 0;
        int wire = 0;
        int[] others = [.. Enumerable.Range(0, spec.PlayerCount).Where(p => !ownSeats.Contains(p))];
        foreach (var seats in (IEnumerable<IReadOnlyList<int>>)[ownSeats, others])
        {
            var wanted = seats.SelectMany(p => Arrays(spec, p, finalObservations)).ToList();
            foreach (var (kind, player, type, length) in wanted.OrderByDescending(a => a.Type.Size()))
            {
                long bytes = (long)copies * length * type.Size();
                ImmutableArray<int> shape = IsVector(spec, kind, player) ? [copies, length] : [copies];
                if (offset + bytes > int.MaxValue)
                    throw VsgGymException.OverLimit("num_envs", copies, "one step of the batch must stay below 2 GiB", "batch_too_large");
                fields.Add(new Field(kind, player, type, shape, (int)offset, (int)bytes));
                offset += bytes;
            }

            if (ReferenceEquals(seats, ownSeats)) wire = (int)offset;
            offset = (offset + 7) & ~7L;
        }

        return new StepLayout(fields.ToImmutable(), wire, (int)offset);
    }

    private static IEnumerable<(FieldKind Kind, int Player, ElementType Type, int Length)> Arrays(EnvironmentSpec spec, int player, bool final)
    {
        var observation = spec.Observations[player];
        yield return (FieldKind.Reward, player, ElementType.Float64, 1);
        yield return (FieldKind.Observation, player, observation.ElementType, observation.Length);
        if (final) yield return (FieldKind.FinalObservation, player, observation.ElementType, observation.Length);
        if (spec.HasIllegalActions && spec.Actions[player] is DiscreteSpace actions)
            yield return (FieldKind.LegalActions, player, ElementType.Bool, actions.Count);
        yield return (FieldKind.Terminated, player, ElementType.Bool, 1);
        yield return (FieldKind.Truncated, player, ElementType.Bool, 1);
        yield return (FieldKind.Live, player, ElementType.Bool, 1);
    }

    private static bool IsVector(EnvironmentSpec spec, FieldKind kind, int player) => kind switch
    {
        FieldKind.LegalActions => true,
        FieldKind.Observation or FieldKind.FinalObservation => spec.Observations[player] is BoxSpace,
        _ => false,
    };
}
