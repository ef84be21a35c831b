using System.ComponentModel.DataAnnotations;
using VsgGym.Core;

namespace VsgGym.Games;

/// <summary>Soccer on a field of two rows and four columns: a zero-sum game without a deterministic equilibrium.</summary>
/// <remarks>
/// <para>Story: two players run on the field and one of them has the ball. The left column is the goal that player_0 attacks, the right
/// column the goal that player_1 attacks. At the kick-off player_0 stands in the upper row of the third column, player_1 to its left.</para>
/// <para>Players: player_0 (A) and player_1 (B).</para>
/// <para>Observation, the same for both: the number of the state, which tells both places and who has the ball. Features: row and column of each
/// from the top left, the holder 0 or 1, and whether the game is over; in that last state all the others are 0.</para>
/// <para>Actions: N, S, E, W, stick; a move off the field is illegal. The two moves are executed in random order, each order with probability
/// one half. A move into the cell where the other player stands at that moment is a collision, and its mover stays; what happens to the
/// ball then is the option `collision`.</para>
/// <para>Rewards: when the holder moves into a cell of a goal, `goal_reward` to the player that attacks that goal and minus as much to
/// the other, whoever brought the ball there. Where only one of the two orders leads to a goal, both are paid its expectation.</para>
/// <para>End: with a goal, or after `horizon` decisions, terminated. A goal that only one of the two orders leads to ends the game with the next
/// decision, in which both can only stick and nothing is paid.</para>
/// <para>Options: horizon, discount, repeat, observation, goal_reward, collision, first_ball.</para>
/// <para>Unknown: what happens in Greenwald and Hall's game when the player that moves first runs into the other, which has not moved yet; here it
/// stays, and the ball stays. Moves off the field are not described.</para>
/// <para>Version history: v0, first version.</para>
/// </remarks>
[Game("soccer-v0")]
[Source("greenwald2003", "soccer")]
[Source("littman1994")]
public sealed class Soccer(Soccer.Options options) : CatalogTable(options)
{
    private const int Rows = 2;
    private const int Columns = 4;
    private const int Cells = Rows * Columns;

    private static readonly Place[] Places = [.. AllPlaces()];
    private static readonly Dictionary<Place, int> States = Enumerable.Range(0, Places.Length).ToDictionary(s => Places[s]);

    /// <summary>What can be set.</summary>
    public sealed record Options() : TabularOptions(horizon: null, discount: 0.9)
    {
        /// <summary>What a goal is worth.</summary>
        [Range(0, 1e6)]
        public double GoalReward { get; init; } = 100;

        /// <summary>Who has the ball after a collision.</summary>
        public SoccerCollision Collision { get; init; } = SoccerCollision.SecondMover;

        /// <summary>Who has the ball at the kick-off, 0 or 1; null: either with probability one half.</summary>
        [Range(0, 1)]
        public int? FirstBall { get; init; } = 1;
    }

    private static int Over => Places.Length;

    /// <inheritdoc/>
    public override Drawing Draw(in World world)
    {
        int state = (int)world.State[0];
        var goals = Enumerable.Range(0, Rows).SelectMany(r => (GridMark[])[new(r, 0, GridGround.Goal, "a"), new(r, Columns - 1, GridGround.Goal, "b")]);
        var tokens = state == Over ? [] : Enumerable.Range(0, 2).Select(p =>
            new Token(Places[state].Of(p) / Columns, Places[state].Of(p) % Columns, "AB"[p] + (Places[state].Holder == p ? "*" : string.Empty), p));
        return new DrawingBuilder()
            .Title("Soccer")
            .Caption(TableDrawing.Time(Table, world))
            .Caption($"rewards {Drawing.Number(world.PaidReward(0))}, {Drawing.Number(world.PaidReward(1))}")
            .Grid(Rows, Columns, [.. goals], [], [.. tokens])
            .Caption(state == Over ? "a goal has ended the game" : "A player_0, attacks a, B player_1, attacks b, * has the ball")
            .Build();
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<string> FeatureLabels =>
        ["row of player_0", "column of player_0", "row of player_1", "column of player_1", "holder", "over"];

    /// <inheritdoc/>
    protected override void WriteFeatures(int state, Span<float> features)
    {
        features.Clear();
        if (state == Over)
        {
            features[5] = 1;
            return;
        }

        for (int p = 0; p < 2; p++) (features[2 * p], features[(2 * p) + 1]) = (Places[state].Of(p) / Columns, Places[state].Of(p) % Columns);
        features[4] = Places[state].Holder;
    }

    /// <inheritdoc/>
    protected override StochasticGameBuilder Lay()
    {
        var builder = new StochasticGameBuilder(["player_0", "player_1"], Places.Length + 1, [Compass.Count, Compass.Count]);
        for (int p = 0; p < 2; p++) builder.WithActionLabels(p, "N", "S", "E", "W", "stick");
        builder.WithStateLabels([.. Places.Select(place => place.Label()), "over"]);
        var initial = new double[Places.Length + 1];
        for (int holder = 0; holder < 2; holder++)
            initial[States[new Place(2, 1, holder)]] = options.FirstBall is { } first ? (first == holder ? 1 : 0) : 0.5;
        builder.WithInitial(initial);
        for (int state = 0; state < Places.Length; state++) AddState(builder, state);
        for (int action = 0; action < Compass.Stay; action++) builder.Forbid(0, Over, action).Forbid(1, Over, action);
        return builder;
    }

    private static IEnumerable<Place> AllPlaces() =>
        from first in Enumerable.Range(0, Cells) from second in Enumerable.Range(0, Cells) where first != second from holder in (int[])[0, 1] select new Place(first, second, holder);

    private void AddState(StochasticGameBuilder builder, int state)
    {
        var place = Places[state];
        for (int p = 0; p < 2; p++)
            for (int action = 0; action < Compass.Count; action++)
                if (Compass.Target(place.Of(p), action, Rows, Columns) is null) builder.Forbid(p, state, action);
        for (int joint = 0; joint < builder.JointActionCount; joint++)
        {
            if (Compass.Target(place.First, joint / Compass.Count, Rows, Columns) is not { } first
                || Compass.Target(place.Second, joint % Compass.Count, Rows, Columns) is not { } second) continue;
            (Place Place, int? Scorer)[] outcomes = [Execute(place, [first, second], firstMover: 0), Execute(place, [first, second], firstMover: 1)];
            double reward = outcomes.Sum(outcome => outcome.Scorer is { } scorer ? 0.5 * (scorer == 0 ? options.GoalReward : 0 - options.GoalReward) : 0);
            builder.SetReward(0, state, joint, reward).SetReward(1, state, joint, 0 - reward);
            if (outcomes.All(outcome => outcome.Scorer is not null)) continue; // the row ends the game
            foreach (var (next, scorer) in outcomes) builder.AddTransition(state, joint, scorer is null ? States[next] : Over, 0.5);
        }
    }

    /// <summary>Executes both moves in one order, until a goal.</summary>
    private (Place Place, int? Scorer) Execute(Place place, int[] targets, int firstMover)
    {
        for (int turn = 0; turn < 2; turn++)
        {
            int mover = turn == 0 ? firstMover : 1 - firstMover, target = targets[mover];
            if (target == place.Of(mover)) continue;
            if (target == place.Of(1 - mover))
            {
                bool loses = place.Holder == mover && (turn == 1 || options.Collision == SoccerCollision.AnyMover);
                if (loses) place = place with { Holder = 1 - mover };
                continue;
            }

            place = mover == 0 ? place with { First = target } : place with { Second = target };
            int column = target % Columns;
            if (place.Holder == mover && column is 0 or Columns - 1) return (place, column == 0 ? 0 : 1);
        }

        return (place, null);
    }

    private readonly record struct Place(int First, int Second, int Holder)
    {
        public int Of(int player) => player == 0 ? First : Second;

        public string Label() => $"A ({First / Columns}, {First % Columns}), B ({Second / Columns}, {Second % Columns}), ball {"AB"[Holder]}";
    }
}
