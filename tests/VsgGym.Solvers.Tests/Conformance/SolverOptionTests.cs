using System.Globalization;
using System.Text.Json;
using VsgGym.Core;

namespace VsgGym.Solvers.Tests;

/// <summary>What every solver of the catalog says of options at their edges: the field, the value, the rule.</summary>
public sealed class SolverOptionTests
{
    // By option: texts that no solver with that option takes. 1e400 is more than a double holds; JSON has no NaN, so its name is the nearest there is.
    private static readonly Dictionary<string, string[]> Wrong = new(StringComparer.Ordinal)
    {
        ["temperature"] = ["0", "-1", "1.1e12", "1e400", "\"NaN\"", "[1]", "true"],
        ["inverse_temperature"] = ["0", "-1", "1.1e12", "1e400", "\"NaN\"", "null"],
        ["opponent_inverse_temperature"] = ["0", "-1", "1e400", "\"NaN\""],
        ["tolerance"] = ["0", "-1e-9", "1.1e12", "1e400", "\"NaN\"", "null"],
        ["max_iterations"] = ["0", "-1", "1.5", "1e30", "\"1\"", "null"],
        ["episodes"] = ["0", "-1", "1.5", "1000000001"],
        ["damping"] = ["0", "-0.5", "9e-7", "1.000001", "\"NaN\""],
        ["learning_rate"] = ["0", "-0.1", "1e400", "\"NaN\"", "[0.1]"],
        ["epsilon"] = ["-0.001", "1.001", "1e400", "\"NaN\""],
        ["delta_w"] = ["0", "-1", "1.001"],
        ["delta_l"] = ["0", "-1", "1.001"],
        ["initial_scale"] = ["-1", "1e400"],
        ["max_steps"] = ["0", "-1", "100001", "0.5"],
        ["prior_window"] = ["-1", "134217729"],
        ["smoothing"] = ["0", "-1"],
        ["c"] = ["-1", "1e400"],
        ["evaluation_sweeps"] = ["0", "1000001"],
        ["inner_iterations"] = ["0", "1000001"],
        ["renewal_period"] = ["0", "-1"],
        ["signals"] = ["0", "1001"],
        ["expert_episodes"] = ["-1", "1000001"],
        ["bound"] = ["0", "-1"],
        ["regularization"] = ["-1", "1e400"],
    };

    // Schedules that leave (0, 1] or have a faulty form: the text, and what of it is at fault.
    private static readonly (string Text, string Field)[] WrongSchedules =
    [
        ("""{"kind": "linear", "from": 1, "to": -1, "steps": 2}""", ""),
        ("""{"kind": "exponential", "from": 1, "rate": 1000, "floor": -1}""", ""),
        ("""{"kind": "linear", "from": 1, "to": 0.5}""", ".steps"),
        ("""{"kind": "linear", "from": 1, "to": 0.5, "steps": 0}""", ".steps"),
        ("""{"kind": "hyperbolic", "scale": 0}""", ".scale"),
        ("""{"kind": "exponential", "from": 1, "rate": -1}""", ".rate"),
        ("""{"kind": "constant", "value": 1e400}""", ".value"),
        ("""{"kind": "constant", "value": 1, "floor": 0}""", ".floor"),
        ("""{"kind": "cosine", "from": 1}""", ".kind"),
        ("""{"from": 1}""", ".kind"),
    ];

    public static TheoryData<string> Ids() => [.. SolverCase.Entries.Solvers.Keys];

    [Theory]
    [MemberData(nameof(Ids))]
    public void NumberOutsideItsRange_IsRefusedWithFieldValueAndRule(string id)
    {
        var solver = CaseOf(id);
        var game = solver.Small();
        int tried = 0;
        foreach (string option in OptionsOf(id).Where(Wrong.ContainsKey))
            foreach (string value in Wrong[option])
            {
                var fault = Refusal(solver, game, $"\"{option}\": {value}", $"options.{option}");
                Assert.True(Same(value, fault.Value), $"{option}: {value} is shown as {fault.Value}");
                Assert.Contains("must", fault.Rule, StringComparison.Ordinal);
                tried++;
            }

        Assert.True(tried >= 6, $"{id}: {tried} numbers tried");
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void ScheduleThatLeavesItsRangeOrHasAFaultyForm_IsRefused(string id)
    {
        var solver = CaseOf(id);
        var game = solver.Small();
        var schedules = ScheduledOptionsOf(id).Where(option => option != "epsilon").ToArray(); // epsilon may be 0; its own test is with the players of episodes
        foreach (string option in schedules)
            foreach (var (text, field) in WrongSchedules)
            {
                var fault = Refusal(solver, game, $"\"{option}\": {text}", $"options.{option}{field}");
                Assert.Equal($"options.{option}{field}", fault.Path);
                if (field.Length == 0) Assert.Contains("this is its value at time", fault.Rule, StringComparison.Ordinal);
            }

        Assert.Equal(Scheduled.Contains(id), schedules.Length > 0);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void OneIteration_IsTheMostWhereItIsTheLimit(string id)
    {
        var solver = CaseOf(id);
        var game = solver.Small();
        string limit = solver.Create(game).Limit.Option;
        Assert.Contains(limit, (string[])["max_iterations", "episodes"]);
        foreach (int most in (int[])[1, 3])
        {
            var algorithm = Create(solver, game, $"\"{limit}\": {most}");
            Assert.Equal(new IterationLimit(limit, most), algorithm.Limit);
            var outcome = NormalForm.Run(algorithm);
            Assert.InRange(outcome.Iterations, 1, most);
            Assert.True(outcome.StopReason == limit ? outcome.Iterations == most && outcome.Status == SolveStatus.Stopped : outcome.Status == SolveStatus.Converged, $"{outcome.Status}, {outcome.StopReason} after {outcome.Iterations}");
            SoundAnswer.Check(game, outcome.Solution);
        }
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void ConvergedAnswer_HasAResidualWithinTheTolerance(string id)
    {
        var solver = CaseOf(id);
        if (!OptionsOf(id).Contains("tolerance")) return;
        var game = solver.Small();
        double last = double.NaN;
        foreach (double tolerance in (double[])[1, .1, 1e-3])
        {
            string text = FormattableString.Invariant($"\"tolerance\": {tolerance}, \"max_iterations\": 3000");
            var outcome = NormalForm.Run(Create(solver, game, text));
            if (outcome.Status == SolveStatus.Converged) Assert.InRange(outcome.LastResidual, 0, tolerance);
            else Assert.True(outcome.LastResidual >= tolerance, $"{outcome.Status} at {outcome.LastResidual} and {tolerance}");
            Assert.False(outcome.Iterations < last); // the smaller tolerance takes as many steps or more
            last = outcome.Iterations;
        }

        // A tolerance that no rounding meets: it is met only by a defect of exactly 0.
        var never = NormalForm.Run(Create(solver, game, "\"tolerance\": 1e-300, \"max_iterations\": 50"));
        Assert.True(never.Status != SolveStatus.Converged || never.LastResidual == 0, $"{never.LastResidual}");
    }

    // A number may be written otherwise, as 1E400 is.
    private static bool Same(string given, string shown) =>
        double.TryParse(given, CultureInfo.InvariantCulture, out double number) ? double.Parse(shown, CultureInfo.InvariantCulture) == number : shown == given;

    private static readonly HashSet<string> Scheduled = new(StringComparer.Ordinal)
    {
        "ce_q", "fmq", "friend_or_foe_q", "jal", "mean_field_q", "nash_q", "nscp", "pr2_q", "q_learning", "rommeo_q", "wolf_phc",
    };

    private static SolverCase CaseOf(string id) => SolverCase.Of(id, SolverCase.All().Select(row => ((string Id, string Form))((string)row[0], (string)row[1])).First(row => row.Id == id).Form);

    private static string[] OptionsOf(string id)
    {
        using var defaults = JsonDocument.Parse(SolverCase.Entries.Solvers[id].DefaultOptionsJson);
        return [.. defaults.RootElement.EnumerateObject().Select(option => option.Name)];
    }

    // The options whose defaults, or whose schema, show a schedule.
    private static string[] ScheduledOptionsOf(string id)
    {
        using var schema = JsonDocument.Parse(SolverCase.Entries.Solvers[id].OptionsSchemaJson);
        return [.. schema.RootElement.GetProperty("properties").EnumerateObject().Where(option => option.Value.GetRawText().Contains("hyperbolic", StringComparison.Ordinal)).Select(option => option.Name)];
    }

    private static IAlgorithm Create(SolverCase solver, ISolvableGame game, string option)
    {
        string needed = SolverCase.NeededOptions(solver.Entry.Id);
        return SolverCase.Entries.CreateSolver(solver.Entry.Id, game, needed.Length == 0 ? $"{{{option}}}" : $"{needed[..^1]}, {option}}}", Numerics.RandomStream.Create(7));
    }

    private static Fault Refusal(SolverCase solver, ISolvableGame game, string option, string path)
    {
        var error = Assert.Throws<VsgGymException>(() => Create(solver, game, option));
        Assert.Equal(ErrorKind.InvalidArgument, error.Kind);
        return Assert.Single(error.Faults, fault => fault.Path == path);
    }
}
