using VsgGym.Core;

namespace VsgGym.Games;

/// <summary>Draws a population of agents: how many are in each state, and, where they are few, who is where.</summary>
internal static class MeanFieldDrawing
{
    private const int MostAgentsShown = 12;
    private const int MostStatesShown = 20;

    public static Drawing Draw(string title, MeanFieldGame game, int agents, in World world)
    {
        var drawing = new DrawingBuilder().Title(title).Caption($"time {world.Time} of {game.Horizon}");
        double[] shares = MeanFieldEnvironment.Shares(world, game.StateCount);
        AddShares(drawing, game, agents, shares);
        if (world.Time > 0) drawing.Caption($"mean reward {Drawing.Number(Mean(world, agents))}");
        if (agents <= MostAgentsShown) AddAgents(drawing, game, agents, world);
        return drawing.Build();
    }

    private static void AddShares(DrawingBuilder drawing, MeanFieldGame game, int agents, double[] shares)
    {
        if (game.StateCount > MostStatesShown)
        {
            drawing.Caption($"{game.StateCount} states: too many to show their shares");
            return;
        }

        drawing.Table(string.Empty, ["agents", "share"], string.Empty, game.StateLabels, (row, s) => Drawing.Number(row == 0 ? shares[s] * agents : shares[s]));
    }

    private static void AddAgents(DrawingBuilder drawing, MeanFieldGame game, int agents, in World world)
    {
        var cells = new string[agents][];
        for (int i = 0; i < agents; i++)
        {
            bool moved = world.Time > 0;
            cells[i] =
            [
                moved ? game.ActionLabels[world.DiscreteAction(i)] : "-",
                moved ? Drawing.Number(world.PaidReward(i)) : "-",
                game.StateLabels[(int)world.State[i]],
            ];
        }

        drawing.Table(string.Empty, [.. Enumerable.Range(0, agents).Select(i => $"agent_{i}")], string.Empty, ["played", "reward", "is now"], (i, column) => cells[i][column]);
    }

    private static double Mean(in World world, int agents)
    {
        double sum = 0;
        for (int i = 0; i < agents; i++) sum += world.PaidReward(i);
        return sum / agents;
    }
}
