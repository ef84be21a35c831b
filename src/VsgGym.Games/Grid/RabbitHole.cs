using System.ComponentModel.DataAnnotations;
using VsgGym.Core;

namespace VsgGym.Games;

/// <summary>A fox hunts a rabbit, which wants the prize in a hole that is also a trap.</summary>
/// <remarks>
/// <para>Story: fox and rabbit run over a grid. A prize lies in a hole of one cell; both may enter the hole, and whoever is in it can only come
/// out the way it went in.</para>
/// <para>Players: rabbit, fox.</para>
/// <para>Observation, the same for both: the number of the state, which tells both places and whether the prize still lies there. Features: row
/// and column of rabbit and fox from the top left, and 1 while the prize lies there.</para>
/// <para>Actions: N, S, E, W, stay; a move off the grid or into a wall is illegal. Both move at once. The fox catches the rabbit where both
/// come to stand in one cell or would change places.</para>
/// <para>Rewards: `prize` to the rabbit when it first enters the hole and is not caught in the same move; when it is caught, `catch_reward` to the fox and
/// minus as much to the rabbit.</para>
/// <para>End: when the rabbit is caught, or after `horizon` decisions, terminated.</para>
/// <para>Options: horizon, discount, repeat, observation, prize, catch_reward, layout.</para>
/// <para>Unknown: the paper's grid is printed as a picture without its text; the default layout is a substitute, a field of 4x5 cells with the hole
/// in the middle of the southern side. That the prize is won once, that a catch ends the game and that changing places is a
/// catch are readings: the paper says only what prize and catch are worth.</para>
/// <para>Version history: v0, first version.</para>
/// </remarks>
[Game("rabbit_hole-v0")]
[Source("mge", "section 7, rabbit-hole game")]
public sealed class RabbitHole : CatalogTable
{
    private const string Characters = ".#oRF";
    private const string Open = ".oRF";

    private readonly Options _options;
    private readonly GridLayout _layout;
    private readonly int _hole;
    private readonly Scene[] _scenes; // [S]
    private readonly Dictionary<Scene, int> _states;

    /// <summary>Lists the scenes that can stand between two moves.</summary>
    /// <param name="options">The options.</param>
    public RabbitHole(Options options)
        : base(options)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_options, _layout) = (options, GridLayout.Sound(options.Layout, Characters));
        _hole = _layout.Find('o')[0];
        int[] cells = [.. Enumerable.Range(0, _layout.Cells).Where(cell => Open.Contains(_layout[cell], StringComparison.Ordinal))];
        _scenes = [.. from rabbit in cells from fox in cells where rabbit != fox from prize in (bool[])[true, false] where !(prize && rabbit == _hole) select new Scene(rabbit, fox, prize)];
        _states = Enumerable.Range(0, _scenes.Length).ToDictionary(s => _scenes[s]);
    }

    /// <summary>What can be set.</summary>
    public sealed record Options() : TabularOptions(horizon: 12)
    {
        private const int MostOpenCells = 100;

        /// <summary>What the rabbit gets in the hole.</summary>
        [Range(0, 1e6)]
        public double Prize { get; init; } = 0.3;

        /// <summary>What a catch gives the fox and takes from the rabbit.</summary>
        [Range(0, 1e6)]
        public double CatchReward { get; init; } = 2;

        /// <summary>
        /// The grid, rows separated by a slash: . open, # wall, o the hole, R and F open cells where rabbit and fox start; without R or F that
        /// animal starts in any open cell but the hole, uniformly, never both in one.
        /// </summary>
        public string Layout { get; init; } = "...../...../...../...../##o##";

        /// <inheritdoc/>
        public override void Validate(string path, FaultList faults)
        {
            ArgumentNullException.ThrowIfNull(faults);
            base.Validate(path, faults);
            string at = $"{path}.layout";
            if (GridLayout.Parse(Layout, Characters, at, faults) is not { } layout) return;
            layout.Require('o', "the hole", 1, 1, at, faults);
            layout.Require('R', "the rabbit's start", 0, 1, at, faults);
            layout.Require('F', "the fox's start", 0, 1, at, faults);
            int open = Open.Sum(character => layout.Find(character).Count);
            if (open is < 3 or > MostOpenCells) faults.Add(at, $"{open} cells", $"must have 3 to {MostOpenCells} open cells, the hole among them", "out_of_range");
        }
    }

    /// <inheritdoc/>
    public override Drawing Draw(in World world)
    {
        var (rabbit, fox, prize) = _scenes[(int)world.State[0]];
        Token At(int cell, string text, int player) => new(cell / _layout.Columns, cell % _layout.Columns, text, player);
        GridMark Mark(int cell, GridGround ground, string text) => new(cell / _layout.Columns, cell % _layout.Columns, ground, text);
        return new DrawingBuilder()
            .Title("Rabbit hole")
            .Caption(TableDrawing.Time(Table, world))
            .Caption($"rewards {Drawing.Number(world.PaidReward(0))}, {Drawing.Number(world.PaidReward(1))}")
            .Grid(_layout.Rows, _layout.Columns, [.. _layout.Find('#').Select(cell => Mark(cell, GridGround.Blocked, string.Empty)), Mark(_hole, GridGround.Goal, prize ? "$" : "o")], [], At(rabbit, "R", 0), At(fox, "F", 1))
            .Caption("R rabbit, F fox, $ the hole with the prize, o without")
            .Build();
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<string> FeatureLabels => ["rabbit's row", "rabbit's column", "fox's row", "fox's column", "prize"];

    /// <inheritdoc/>
    protected override void WriteFeatures(int state, Span<float> features)
    {
        var (rabbit, fox, prize) = _scenes[state];
        (features[0], features[1]) = (rabbit / _layout.Columns, rabbit % _layout.Columns);
        (features[2], features[3]) = (fox / _layout.Columns, fox % _layout.Columns);
        features[4] = prize ? 1 : 0;
    }

    /// <inheritdoc/>
    protected override StochasticGameBuilder Lay()
    {
        var builder = new StochasticGameBuilder(["rabbit", "fox"], _scenes.Length, [Compass.Count, Compass.Count]);
        for (int p = 0; p < 2; p++) builder.WithActionLabels(p, "N", "S", "E", "W", "stay");
        builder.WithStateLabels([.. _scenes.Select(Label)]);
        builder.WithInitial(Initial());
        for (int state = 0; state < _scenes.Length; state++) AddState(builder, state);
        return builder;
    }

    private double[] Initial()
    {
        bool Starts(int cell, char own) => _layout.Find(own) is [var start] ? cell == start : cell != _hole;
        double[] weights = [.. _scenes.Select(scene => scene.Prize && scene.Fox != _hole && Starts(scene.Rabbit, 'R') && Starts(scene.Fox, 'F') ? 1.0 : 0.0)];
        double sum = weights.Sum();
        return [.. weights.Select(weight => weight / sum)];
    }

    private void AddState(StochasticGameBuilder builder, int state)
    {
        var scene = _scenes[state];
        for (int action = 0; action < Compass.Count; action++)
        {
            if (_layout.Target(scene.Rabbit, action, Open) is null) builder.Forbid(0, state, action);
            if (_layout.Target(scene.Fox, action, Open) is null) builder.Forbid(1, state, action);
        }

        for (int joint = 0; joint < builder.JointActionCount; joint++)
        {
            if (_layout.Target(scene.Rabbit, joint / Compass.Count, Open) is not { } rabbit || _layout.Target(scene.Fox, joint % Compass.Count, Open) is not { } fox) continue;
            if (rabbit == fox || (rabbit == scene.Fox && fox == scene.Rabbit))
            {
                builder.SetReward(0, state, joint, 0 - _options.CatchReward).SetReward(1, state, joint, _options.CatchReward);
                continue;
            }

            bool wins = scene.Prize && rabbit == _hole;
            if (wins) builder.SetReward(0, state, joint, _options.Prize);
            builder.AddTransition(state, joint, _states[new Scene(rabbit, fox, scene.Prize && !wins)], 1.0);
        }
    }

    private string Label(Scene scene) =>
        $"rabbit ({scene.Rabbit / _layout.Columns}, {scene.Rabbit % _layout.Columns}), fox ({scene.Fox / _layout.Columns}, {scene.Fox % _layout.Columns}), {(scene.Prize ? "prize" : "no prize")}";

    private readonly record struct Scene(int Rabbit, int Fox, bool Prize);
}
