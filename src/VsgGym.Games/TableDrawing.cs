using VsgGym.Core;

namespace VsgGym.Games;

/// <summary>Draws a world of any tabular game: the state, the last joint action, and the payoffs of two seats as a matrix.</summary>
/// <remarks>With more than two seats the matrix is a slice: the further seats play their last actions, or their first ones before the first step.</remarks>
internal static class TableDrawing
{
    private const int MostActionsShown = 12;

    public static Drawing Draw(string title, StochasticGame table, in World world)
    {
        int state = (int)world.State[0];
        bool acted = world.Time > 0;
        var actions = new int[table.PlayerCount];
        for (int p = 0; p < actions.Length && acted; p++) actions[p] = world.DiscreteAction(p);
        var drawing = new DrawingBuilder().Title(title).Caption(When(table, world, state));
        if (acted)
        {
            drawing.Caption(Actions(table, actions));
            drawing.Caption("rewards " + Rewards(table, world));
        }

        AddMatrix(drawing, table, state, actions, highlight: acted && table.StateCount == 1);
        return drawing.Build();
    }

    /// <summary>"time 3 of 22", or "time 3" in a game without horizon.</summary>
    public static string Time(StochasticGame table, in World world) => table.Horizon is { } horizon ? $"time {world.Time} of {horizon}" : $"time {world.Time}";

    private static string When(StochasticGame table, in World world, int state)
    {
        string name = table.StateLabels.IsEmpty ? $"{state}" : table.StateLabels[state];
        return table.StateCount == 1 ? Time(table, world) : $"{Time(table, world)}, state {name}";
    }

    private static string Actions(StochasticGame table, int[] actions) =>
        "played " + string.Join(", ", actions.Select((action, p) => $"{table.Players[p]} {table.ActionLabels[p][action]}"));

    private static string Rewards(StochasticGame table, World world)
    {
        var rewards = new string[table.PlayerCount];
        for (int p = 0; p < rewards.Length; p++) rewards[p] = Drawing.Number(world.PaidReward(p));
        return string.Join(", ", rewards);
    }

    private static void AddMatrix(DrawingBuilder drawing, StochasticGame table, int state, int[] actions, bool highlight)
    {
        bool single = table.PlayerCount == 1;
        int rows = single ? 1 : table.ActionCounts[0], columns = table.ActionCounts[single ? 0 : 1];
        if (rows > MostActionsShown || columns > MostActionsShown)
        {
            drawing.Caption($"{string.Join(" x ", table.ActionCounts)} actions: too many to show their payoffs");
            return;
        }

        if (table.PlayerCount > 2)
            drawing.Caption("payoffs where " + string.Join(", ", Enumerable.Range(2, table.PlayerCount - 2).Select(p => $"{table.Players[p]} plays {table.ActionLabels[p][actions[p]]}")));
        string Cell(int row, int column)
        {
            int[] joint = [.. actions];
            joint[^1] = single ? column : joint[^1];
            if (!single) (joint[0], joint[1]) = (row, column);
            int index = table.JointAction(joint);
            if (!table.IsLegalJoint(state, index)) return "-";
            return string.Join(", ", Enumerable.Range(0, table.PlayerCount)
                .Select(p => Drawing.Number(table.Rewards(p)[(state * table.JointActionCount) + index])));
        }

        drawing.Table(
            single ? string.Empty : table.Players[0], single ? [table.Players[0]] : table.ActionLabels[0],
            single ? string.Empty : table.Players[1], table.ActionLabels[single ? 0 : 1], Cell,
            highlight ? (single ? 0 : actions[0], actions[single ? 0 : 1]) : null);
    }
}
