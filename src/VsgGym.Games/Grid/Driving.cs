using System.ComponentModel.DataAnnotations;
using VsgGym.Core;

namespace VsgGym.Games;

/// <summary>Three cars and a pedestrian at a junction with a zebra crossing: each wants to its goal, and nobody wants to be where another is.</summary>
/// <remarks>
/// <para>Story: a pedestrian walks over a zebra crossing that three cars want to pass. Whoever reaches its goal leaves.</para>
/// <para>Players: car_1, car_2, car_3, pedestrian.</para>
/// <para>Observation, the same for all: the number of the state, in mixed radix over the agents' places, the first agent slowest; each agent's places
/// are the cells it may stand on, row by row, and last its having left. Features: row and column of each from the top left, -1
/// and -1 for one that has left.</para>
/// <para>Actions: those of N, S, E, W, stay that the agent can use anywhere in the layout; where a move would leave its ground it is illegal.
/// Cars drive on roads, zebra crossings and goals of cars, the pedestrian walks on pavements, zebra crossings and its goal. All
/// move at once and may share cells and change places.</para>
/// <para>Rewards: `goal_reward` when the agent reaches its goal; minus `step_cost` for every decision before which it has not; and where it then
/// stands on a cell with others, minus `car_weight` for each car and `pedestrian_weight` for the pedestrian there: the paper's Psi = - sum mu_j O_j with
/// the occupancy O_j of a known place.</para>
/// <para>End: when all have left, or after `horizon` decisions, terminated.</para>
/// <para>Options: horizon, discount, repeat, observation, goal_reward, step_cost, car_weight, pedestrian_weight, layout.</para>
/// <para>Unknown: the paper's scene is a picture; layout, rewards, weights and horizon are substitutes. In the default layout every car has another way to the crossing, and by
/// the most probable actions of `mge_fb` all do what the paper tells: they stand before the crossing while the pedestrian walks, then car_2 drives, then
/// car_1, then car_3, by shortest routes.</para>
/// <para>Version history: v0, first version.</para>
/// </remarks>
[Game("driving-v0")]
[Source("mge", "section 7, driving scene")]
public sealed class Driving : CatalogTable
{
    private const int Agents = 4;
    private const int Pedestrian = Agents - 1;
    private static readonly string[] Names = ["car_1", "car_2", "car_3", "pedestrian"];
    private static readonly string[] ActionNames = ["N", "S", "E", "W", "stay"];

    private readonly Options _options;
    private readonly DrivingScene _scene;

    /// <summary>Reads the layout.</summary>
    /// <param name="options">The options.</param>
    /// <exception cref="VsgGymException">The layout is faulty, or its table too large.</exception>
    public Driving(Options options)
        : base(options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        var faults = new FaultList();
        _scene = DrivingScene.Read(options.Layout, "options.layout", faults) ?? throw faults.ToException();
    }

    /// <summary>What can be set.</summary>
    public sealed record Options() : TabularOptions(horizon: 10)
    {
        /// <summary>What an agent gets at its goal.</summary>
        [Range(0, 1e6)]
        public double GoalReward { get; init; } = 10;

        /// <summary>What each decision costs an agent that has not left.</summary>
        [Range(0, 1e6)]
        public double StepCost { get; init; } = 1;

        /// <summary>mu of a car: what each agent pays for standing on its cell.</summary>
        [Range(0, 1e6)]
        public double CarWeight { get; init; } = 4;

        /// <summary>mu of the pedestrian: what each agent pays for standing on its cell.</summary>
        [Range(0, 1e6)]
        public double PedestrianWeight { get; init; } = 8;

        /// <summary>
        /// The scene, rows separated by a slash: # nothing, . road, : pavement, = zebra crossing, 1 2 3 the cars' starts, on roads, P the
        /// pedestrian's, on a pavement, * the goal of all cars or a b c a goal for each, p the pedestrian's goal.
        /// </summary>
        public string Layout { get; init; } = "#*###/P=p##/2..13";

        /// <inheritdoc/>
        public override void Validate(string path, FaultList faults)
        {
            ArgumentNullException.ThrowIfNull(faults);
            base.Validate(path, faults);
            DrivingScene.Read(Layout, $"{path}.layout", faults);
        }
    }

    /// <inheritdoc/>
    public override Drawing Draw(in World world)
    {
        int state = (int)world.State[0];
        var tokens = new List<Token>();
        var gone = new List<string>();
        for (int agent = 0; agent < Agents; agent++)
        {
            if (_scene.CellOf(state, agent) is { } cell) tokens.Add(new Token(cell / _scene.Columns, cell % _scene.Columns, agent == Pedestrian ? "P" : $"{agent + 1}", agent));
            else gone.Add(Names[agent]);
        }

        string rewards = string.Join(", ", Drawing.Number(world.PaidReward(0)), Drawing.Number(world.PaidReward(1)), Drawing.Number(world.PaidReward(2)), Drawing.Number(world.PaidReward(3)));
        return new DrawingBuilder()
            .Title("Driving scene")
            .Caption(TableDrawing.Time(Table, world))
            .Caption($"rewards {rewards}")
            .Grid(_scene.Rows, _scene.Columns, _scene.Marks, [], tokens)
            .Caption("1, 2, 3 cars, P pedestrian, shaded pavement, goals: * all cars, a b c one car, p pedestrian" + (gone.Count > 0 ? $"; left: {string.Join(", ", gone)}" : string.Empty))
            .Build();
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<string> FeatureLabels => [.. Names.SelectMany(name => (string[])[$"row of {name}", $"column of {name}"])];

    /// <inheritdoc/>
    protected override void WriteFeatures(int state, Span<float> features)
    {
        for (int agent = 0; agent < Agents; agent++)
            (features[2 * agent], features[(2 * agent) + 1]) = _scene.CellOf(state, agent) is { } cell ? (cell / _scene.Columns, cell % _scene.Columns) : (-1, -1);
    }

    /// <inheritdoc/>
    protected override StochasticGameBuilder Lay()
    {
        var builder = new StochasticGameBuilder(Names, _scene.States, [.. Enumerable.Range(0, Agents).Select(agent => _scene.ActionsOf(agent).Count)]);
        for (int agent = 0; agent < Agents; agent++) builder.WithActionLabels(agent, [.. _scene.ActionsOf(agent).Select(action => ActionNames[action])]);
        builder.WithStateLabels([.. Enumerable.Range(0, _scene.States).Select(Label)]);
        var initial = new double[_scene.States];
        initial[_scene.FirstState] = 1;
        builder.WithInitial(initial);
        for (int state = 0; state < _scene.States; state++) AddState(builder, state);
        return builder;
    }

    private void AddState(StochasticGameBuilder builder, int state)
    {
        int?[][] targets = [.. Enumerable.Range(0, Agents).Select(agent => _scene.ActionsOf(agent).Select(action => _scene.Target(state, agent, action)).ToArray())];
        for (int agent = 0; agent < Agents; agent++)
            for (int k = 0; k < targets[agent].Length; k++)
                if (targets[agent][k] is null) builder.Forbid(agent, state, k);
        var next = new int[Agents];
        for (int joint = 0; joint < builder.JointActionCount; joint++)
        {
            bool legal = true;
            for (int agent = Agents - 1, rest = joint; agent >= 0; rest /= targets[agent--].Length)
            {
                int? target = targets[agent][rest % targets[agent].Length];
                legal &= target is not null;
                next[agent] = target ?? 0;
            }

            if (!legal) continue;
            for (int agent = 0; agent < Agents; agent++) builder.SetReward(agent, state, joint, Reward(state, next, agent));
            int nextState = _scene.State(next);
            if (nextState != _scene.States - 1) builder.AddTransition(state, joint, nextState, 1.0); // the last state: all have left
        }
    }

    private double Reward(int state, int[] next, int agent)
    {
        if (_scene.CellOf(state, agent) is null) return 0;
        double reward = 0 - _options.StepCost;
        if (_scene.CellAt(agent, next[agent]) is not { } cell) return reward + _options.GoalReward;
        for (int other = 0; other < Agents; other++)
            if (other != agent && _scene.CellAt(other, next[other]) == cell) reward -= other == Pedestrian ? _options.PedestrianWeight : _options.CarWeight; // mge footnote 7
        return reward;
    }

    private string Label(int state) => string.Join(", ", Enumerable.Range(0, Agents).Select(agent =>
        $"{Names[agent]} {(_scene.CellOf(state, agent) is { } cell ? $"({cell / _scene.Columns}, {cell % _scene.Columns})" : "gone")}"));
}
