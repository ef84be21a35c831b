using System.Globalization;
using System.Text;
using VsgGym.Core;
using VsgGym.Numerics;

namespace VsgGym.Games.Tests;

/// <summary>One episode of each game, written out; a change of behavior shows as a change of the golden file.</summary>
public sealed class PlaythroughTests
{
    private const int MostSteps = 8;

    public static TheoryData<string> Ids => AllGames.Ids;

    [Theory]
    [MemberData(nameof(Ids))]
    public void Playthrough_IsTheGoldenOne(string id) => Golden.Check($"games/{id}.txt", Write(AllGames.Create(id)));

    [Fact]
    public void GoldenFiles_AreOfTheGames() => Assert.Equal(
        AllGames.Names.Select(id => id + ".txt"),
        Directory.EnumerateFiles(Path.Combine(Golden.Root, "tests/golden/games")).Select(Path.GetFileName).Order(StringComparer.Ordinal));

    private static string Write(Game game)
    {
        var play = Play.Start(game, seed: 11);
        var random = RandomStream.Create(12);
        var text = new StringBuilder();
        var spec = play.Worlds.Spec;
        text.Append(CultureInfo.InvariantCulture, $"horizon {spec.Horizon}, discount {spec.Discount}, rewards in [{spec.LowestReward:R}, {spec.HighestReward:R}]\n");
        for (int p = 0; p < spec.PlayerCount; p++) text.Append(CultureInfo.InvariantCulture, $"{spec.Players[p]}: observes {Show(spec.Observations[p])}, plays {Show(spec.Actions[p])}\n");
        AppendWorld(text, game, play);
        for (int t = 0; t < MostSteps && play.Worlds.Live(0)[0]; t++)
        {
            play.Step(Play.RandomActions(play, ref random));
            AppendWorld(text, game, play);
        }

        return text.ToString();
    }

    private static void AppendWorld(StringBuilder text, Game game, VectorEnvironment play)
    {
        var worlds = play.Worlds;
        text.Append(CultureInfo.InvariantCulture, $"\n== time {worlds.TimeOf(0)}\n");
        for (int p = 0; p < worlds.Spec.PlayerCount; p++)
        {
            string action = worlds.Spec.Actions[p] is DiscreteSpace
                ? $"{worlds.DiscreteActions(p)[0]}" : Numbers(worlds.BoxActions(p));
            string observation = worlds.Spec.Observations[p] is DiscreteSpace
                ? $"{worlds.DiscreteObservations(p)[0]}" : Numbers(worlds.BoxObservations(p));
            string mask = string.Concat(worlds.LegalActions(p).ToArray().Select(legal => legal ? '1' : '0'));
            text.Append(CultureInfo.InvariantCulture, $"{worlds.Spec.Players[p]}: ");
            if (worlds.TimeOf(0) > 0) text.Append(CultureInfo.InvariantCulture, $"played {action}, reward {worlds.Rewards(p)[0]:R}, ");
            text.Append(CultureInfo.InvariantCulture, $"observes {observation}");
            if (mask.Length > 0) text.Append(CultureInfo.InvariantCulture, $", legal {mask}");
            if (worlds.Terminated(p)[0]) text.Append(", terminated");
            text.Append('\n');
        }

        text.Append(game.Draw(new World(worlds, 0)).ToText());
    }

    private static string Numbers(Span<float> values) =>
        string.Join(" ", values.ToArray().Select(value => value.ToString("R", CultureInfo.InvariantCulture)));

    private static string Show(Space space) => space switch
    {
        DiscreteSpace discrete => $"0..{discrete.Count - 1}" + (discrete.Labels.Length is > 0 and < 20 ? $" ({string.Join(", ", discrete.Labels)})" : string.Empty),
        BoxSpace box => $"[{string.Join(", ", box.Low)}] .. [{string.Join(", ", box.High)}]",
        _ => throw new ArgumentException("a new kind of space", nameof(space)),
    };
}
