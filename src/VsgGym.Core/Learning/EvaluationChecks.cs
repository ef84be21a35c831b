namespace VsgGym.Core;

/// <summary>The rules for evaluations; every fault is reported at once.</summary>
internal static class EvaluationChecks
{
    public static void ThrowIfUnfit(EnvironmentSpec spec, IReadOnlyList<IPolicy?> policies, EvaluationOptions options)
    {
        var faults = new FaultList();
        if (options.Episodes < 1) faults.Add("episodes", options.Episodes, "must be at least 1", "out_of_range");
        if (options.Copies < 1) faults.Add("num_envs", options.Copies, "must be at least 1", "out_of_range");
        if (options.TimeLimit is < 1) faults.Add("time_limit", options.TimeLimit, "must be at least 1, or absent for the game's own end", "out_of_range");
        if (options.TimeLimit is null && spec.Horizon is null)
            faults.Add("time_limit", null, "is required: this game's rules set no last decision, so say after how many an episode is cut", "missing");
        if (policies.Count != spec.PlayerCount)
            faults.Add("policies", policies.Count, $"one policy per player is needed: {string.Join(", ", spec.Players)}", "wrong_shape");
        for (int p = 0; p < Math.Min(policies.Count, spec.PlayerCount); p++) CheckFits(spec, p, policies[p], faults);
        faults.ThrowIfAny();
    }

    private static void CheckFits(EnvironmentSpec spec, int player, IPolicy? policy, FaultList faults)
    {
        try
        {
            policy?.CheckFits(spec, player);
        }
        catch (VsgGymException misfit)
        {
            // policies name themselves as occupants of a batch do
            string occupant = $"others.{spec.Players[player]}", own = $"policies.{spec.Players[player]}";
            foreach (var fault in misfit.Faults)
                faults.Add(fault.Path.StartsWith(occupant, StringComparison.Ordinal) ? own + fault.Path[occupant.Length..] : fault.Path, fault.Value, fault.Rule, fault.Reason);
        }
    }
}
