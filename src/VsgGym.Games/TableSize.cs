using VsgGym.Core;

namespace VsgGym.Games;

/// <summary>Sizes of tables that options describe, checked before anything is allocated.</summary>
internal static class TableSize
{
    /// <summary>The number of joint actions, or null where it exceeds a limit.</summary>
    /// <param name="players">N, at least 1.</param>
    /// <param name="actions">Of each player, at least 1.</param>
    /// <param name="most">The limit.</param>
    public static int? JointActions(int players, int actions, int most)
    {
        long joint = 1;
        for (int p = 0; p < players; p++)
            if ((joint *= actions) > most) return null;
        return (int)joint;
    }

    /// <summary>Adds a fault where there are too many joint actions.</summary>
    public static void CheckJointActions(string path, int players, int actions, int most, FaultList faults)
    {
        if (JointActions(players, actions, most) is null)
            faults.Add($"{path}.players", $"{players} players of {actions} actions", $"the joint actions, {actions}^{players}, must not exceed {most}", "game_too_large");
    }
}
