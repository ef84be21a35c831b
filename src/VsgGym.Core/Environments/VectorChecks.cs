namespace VsgGym.Core;

/// <summary>The rules for making and resetting a batch.</summary>
internal static class VectorChecks
{
    public static void Options(EnvironmentSpec spec, VectorOptions options)
    {
        var faults = new FaultList();
        if (options.Copies < 1) faults.Add("num_envs", options.Copies, "must be at least 1", "out_of_range");
        if (options.TimeLimit is < 1) faults.Add("time_limit", options.TimeLimit, "must be at least 1, or absent for no limit", "out_of_range");
        if (!options.OwnSeats.IsDefaultOrEmpty)
        {
            foreach (int seat in options.OwnSeats)
                if (seat < 0 || seat >= spec.PlayerCount)
                    faults.Add("seats", seat, $"a seat must be in [0, {spec.PlayerCount - 1}]", "unknown_player");
            if (options.OwnSeats.Distinct().Count() != options.OwnSeats.Length)
                faults.Add("seats", string.Join(", ", options.OwnSeats), "a seat may be named once", "duplicate");
        }

        foreach (int seat in options.Others.Keys)
            if (seat < 0 || seat >= spec.PlayerCount || options.OwnSeats.IsDefaultOrEmpty || options.OwnSeats.Contains(seat))
                faults.Add("others", seat, "only a seat that the caller does not play can be given to a policy", "unknown_player");
        faults.ThrowIfAny();
    }

    public static void Occupants(EnvironmentSpec spec, IReadOnlyList<(int Seat, IPolicy Policy)> others)
    {
        var faults = new List<Fault>();
        foreach (var (seat, policy) in others)
        {
            try
            {
                policy.CheckFits(spec, seat);
            }
            catch (VsgGymException misfit)
            {
                faults.AddRange(misfit.Faults);
            }
        }

        if (faults.Count > 0) throw new VsgGymException(ErrorKind.InvalidArgument, faults);
    }

    public static void Reset(int copies, int seeds, ReadOnlySpan<bool> mask, bool started)
    {
        if (seeds != 0 && seeds != 1 && seeds != copies)
            throw VsgGymException.Invalid("seeds", $"{seeds} seeds", $"give none, one, or one per copy ({copies})", "wrong_shape");
        if (mask.IsEmpty) return;
        if (mask.Length != copies)
            throw VsgGymException.Invalid("reset_mask", $"shape [{mask.Length}]", $"must have shape [{copies}]", "wrong_shape");
        if (!mask.Contains(true))
            throw VsgGymException.Invalid("reset_mask", "all false", "must mark at least one copy", "empty");
        if (!started && mask.Contains(false))
            throw VsgGymException.OutOfOrder("reset_mask", "partial", "the first reset must start every copy", "reset_before_start");
    }
}
