using System.ComponentModel;
using VsgGym.Core;

namespace VsgGym.Games;

/// <summary>A game of two agents that walk to their goals on a grid and cannot share a cell: what Greenwald and Hall's grid games share.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class CollisionGrid : CatalogTable
{
    private readonly CollisionRules _rules;
    private readonly (int First, int Second)[] _places; // [S]
    private readonly int[] _states; // [(cells + 1)^2], -1 where there is none

    private protected CollisionGrid(TabularOptions options, CollisionRules rules)
        : base(options)
    {
        _rules = rules;
        _places = [.. Places(rules)];
        _states = [.. Enumerable.Repeat(-1, (rules.Gone + 1) * (rules.Gone + 1))];
        for (int s = 0; s < _places.Length; s++) _states[(_places[s].First * (rules.Gone + 1)) + _places[s].Second] = s;
    }

    /// <summary>Whether the first state is a state of its own, before either agent has moved.</summary>
    private protected virtual bool HasOpening => false;

    /// <summary>Title of the drawing.</summary>
    private protected abstract string Title { get; }

    /// <inheritdoc/>
    public override Drawing Draw(in World world)
    {
        var (first, second) = At((int)world.State[0]);
        var tokens = new List<Token>();
        if (first != _rules.Gone) tokens.Add(new Token(first / _rules.Columns, first % _rules.Columns, "A", 0));
        if (second != _rules.Gone) tokens.Add(new Token(second / _rules.Columns, second % _rules.Columns, "B", 1));
        bool walled = _rules.PassProbability is < 1;
        GridEdge[] barriers = !walled ? [] : [.. Enumerable.Range(0, 2).Select(p => new GridEdge(_rules.Rows - 1, _rules.Start(p) % _rules.Columns))];
        var gone = Enumerable.Range(0, 2).Where(p => (p == 0 ? first : second) == _rules.Gone).Select(p => $"{"AB"[p]} has left");
        string legend = $"A player_0, B player_1, {(_rules.Goals[0] == _rules.Goals[1] ? "G their goal" : "a and b their goals")}" + (walled ? ", barriers between the lower rows" : string.Empty);
        return new DrawingBuilder()
            .Title(Title)
            .Caption(TableDrawing.Time(Table, world))
            .Caption($"rewards {Drawing.Number(world.PaidReward(0))}, {Drawing.Number(world.PaidReward(1))}")
            .Grid(_rules.Rows, _rules.Columns, GoalMarks(), barriers, tokens)
            .Caption(string.Join(", ", gone.Prepend(legend)))
            .Build();
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<string> FeatureLabels =>
        ["row of player_0", "column of player_0", "row of player_1", "column of player_1", .. HasOpening ? (string[])["opening"] : []];

    /// <inheritdoc/>
    protected override void WriteFeatures(int state, Span<float> features)
    {
        var (first, second) = At(state);
        (features[0], features[1]) = first == _rules.Gone ? (-1, -1) : (first / _rules.Columns, first % _rules.Columns);
        (features[2], features[3]) = second == _rules.Gone ? (-1, -1) : (second / _rules.Columns, second % _rules.Columns);
        if (HasOpening) features[4] = state == Opening ? 1 : 0;
    }

    /// <inheritdoc/>
    protected override StochasticGameBuilder Lay()
    {
        int states = _places.Length + (HasOpening ? 1 : 0);
        var builder = new StochasticGameBuilder(["player_0", "player_1"], states, [Compass.Count, Compass.Count]);
        for (int p = 0; p < 2; p++) builder.WithActionLabels(p, "N", "S", "E", "W", "stay");
        builder.WithStateLabels([.. Enumerable.Range(0, states).Select(Label)]);
        var initial = new double[states];
        initial[HasOpening ? Opening : StateOf(_rules.Start(0), _rules.Start(1))] = 1;
        builder.WithInitial(initial);
        for (int state = 0; state < states; state++) AddState(builder, state);
        return builder;
    }

    /// <summary>What leaving the first state pays beside goals and collisions.</summary>
    private protected virtual (double First, double Second) OpeningBonus(int firstAction, int secondAction) => (0, 0);

    private int Opening => _places.Length;

    private void AddState(StochasticGameBuilder builder, int state)
    {
        var from = At(state);
        for (int action = 0; action < Compass.Count; action++)
        {
            if (Target(from.First, action) is null) builder.Forbid(0, state, action);
            if (Target(from.Second, action) is null) builder.Forbid(1, state, action);
        }

        for (int joint = 0; joint < builder.JointActionCount; joint++)
        {
            int firstAction = joint / Compass.Count, secondAction = joint % Compass.Count;
            if (Target(from.First, firstAction) is not { } first || Target(from.Second, secondAction) is not { } second) continue;
            double[] rewards = [0, 0];
            foreach (var (probability, to) in Attempts(from, (first, second), (firstAction, secondAction)))
            {
                var move = CollisionMove.Resolve(_rules, from, to);
                rewards[0] += probability * Reward(move, move.FirstArrives);
                rewards[1] += probability * Reward(move, move.SecondArrives);
                bool ends = _rules.FirstArrivalEnds ? move.FirstArrives || move.SecondArrives : move.First == _rules.Gone && move.Second == _rules.Gone;
                bool waits = state == Opening && (move.First, move.Second) == from;
                if (!ends) builder.AddTransition(state, joint, waits ? Opening : StateOf(move.First, move.Second), probability);
                if (state != Opening || move.Collided) continue;
                var bonus = OpeningBonus(firstAction, secondAction);
                (rewards[0], rewards[1]) = (rewards[0] + (probability * bonus.First), rewards[1] + (probability * bonus.Second));
            }

            for (int p = 0; p < 2; p++) builder.SetReward(p, state, joint, rewards[p]);
        }
    }

    /// <summary>Where the agents try to go once it is known who passes its barrier; a barrier never decides whether a goal is reached.</summary>
    private IEnumerable<(double Probability, (int First, int Second) To)> Attempts((int First, int Second) from, (int First, int Second) to, (int First, int Second) actions)
    {
        foreach (var (firstProbability, first) in Passages(from.First, to.First, actions.First))
            foreach (var (secondProbability, second) in Passages(from.Second, to.Second, actions.Second))
                yield return (firstProbability * secondProbability, (first, second));
    }

    private IEnumerable<(double Probability, int Cell)> Passages(int from, int to, int action)
    {
        bool atBarrier = action == Compass.North && from != _rules.Gone && Array.Exists([0, 1], p => from == _rules.Start(p));
        if (!atBarrier || _rules.PassProbability is not < 1) return [(1.0, to)];
        double passes = _rules.PassProbability.Value;
        return [(passes, to), (1 - passes, from)];
    }

    private double Reward(CollisionMove move, bool arrives) => move.Collided ? 0 - _rules.CollisionCost : arrives ? _rules.GoalReward : 0;

    private int? Target(int place, int action)
    {
        if (place == _rules.Gone) return action == Compass.Stay ? place : null;
        return Compass.Target(place, action, _rules.Rows, _rules.Columns);
    }

    private (int First, int Second) At(int state) => state == Opening ? (_rules.Start(0), _rules.Start(1)) : _places[state];

    private int StateOf(int first, int second) => _states[(first * (_rules.Gone + 1)) + second];

    private string Label(int state)
    {
        var (first, second) = At(state);
        string Place(int place) => place == _rules.Gone ? "gone" : $"({place / _rules.Columns}, {place % _rules.Columns})";
        return $"A {Place(first)}, B {Place(second)}" + (state == Opening ? ", opening" : string.Empty);
    }

    private IReadOnlyList<GridMark> GoalMarks()
    {
        GridMark Mark(int cell, string text) => new(cell / _rules.Columns, cell % _rules.Columns, GridGround.Goal, text);
        return _rules.Goals[0] == _rules.Goals[1] ? [Mark(_rules.Goals[0], "G")] : [Mark(_rules.Goals[0], "a"), Mark(_rules.Goals[1], "b")];
    }

    /// <summary>Every pair of places that can stand between two moves.</summary>
    private static IEnumerable<(int First, int Second)> Places(CollisionRules rules)
    {
        int last = rules.FirstArrivalEnds ? rules.Cells - 1 : rules.Gone;
        for (int first = 0; first <= last; first++)
            for (int second = 0; second <= last; second++)
                if (first != second && first != rules.Goals[0] && second != rules.Goals[1]) yield return (first, second);
    }
}
