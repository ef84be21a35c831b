using VsgGym.Core;

namespace VsgGym.Games;

/// <summary>A game that a caller gives in full: payoff arrays, the arrays of a stochastic game, or the text of a Gambit file.</summary>
/// <remarks>
/// A normal-form upload is one state with horizon 1, which its rewards end. Every fault found is in one error. Numbers are kept as they are,
/// but for -0, which becomes 0, so that the dense and the sparse form of the same numbers are the same game.
/// </remarks>
public sealed class UploadedGame : TabularGame, IUploadedGame
{
    /// <summary>The most seats an upload may have.</summary>
    public const int MaximumPlayers = 16;

    /// <summary>The most numbers that rewards in coordinate form may stand for.</summary>
    public const int MaximumSparseRewards = 1 << 24;

    private readonly string _title;
    private readonly StochasticGame _table;

    private UploadedGame(string title, StochasticGame table)
    {
        _title = string.IsNullOrWhiteSpace(title) ? "Uploaded game" : title;
        _table = table;
    }

    /// <inheritdoc/>
    public string Title => _title;

    /// <summary>A normal-form game from every player's payoffs.</summary>
    /// <param name="payoffs">[N, A_1, ..., A_N]; finite.</param>
    /// <param name="players">Seat names, [N]; absent: player_0, player_1, ...</param>
    /// <param name="actions">A name per action, [N][A_p]; absent: 0, 1, ...</param>
    /// <param name="title">The game's name in drawings.</param>
    /// <exception cref="VsgGymException">INVALID_ARGUMENT with every fault; RESOURCE_EXHAUSTED where the table is too large.</exception>
    public static UploadedGame FromNormalForm(
        ShapedArray payoffs, IReadOnlyList<string>? players = null, IReadOnlyList<IReadOnlyList<string>>? actions = null, string title = "")
    {
        ArgumentNullException.ThrowIfNull(payoffs);
        var faults = new FaultList();
        var shape = UploadShape.OfPayoffs(payoffs, faults);
        if (shape is null) throw faults.ToException();
        shape.CheckNames(players, actions, faults);
        for (int i = 0; i < payoffs.Data.Length; i++)
            if (!double.IsFinite(payoffs.Data[i])) faults.Add($"payoffs[{UploadShape.Unravel(payoffs.Shape, i)}]", payoffs.Data[i], "a payoff must be finite", "not_finite");
        faults.ThrowIfAny();
        var builder = shape.Start(players, actions);
        ReadOnlySpan<double> numbers = WithoutNegativeZeros(payoffs.Data);
        for (int p = 0; p < shape.PlayerCount; p++) builder.WithRewards(p, numbers.Slice(p * builder.JointActionCount, builder.JointActionCount));
        return new UploadedGame(title, builder.BuildFiniteHorizon(1));
    }

    /// <summary>A stochastic game from its arrays.</summary>
    /// <param name="upload">The arrays and names.</param>
    /// <exception cref="VsgGymException">INVALID_ARGUMENT with every fault; RESOURCE_EXHAUSTED where the table is too large.</exception>
    public static UploadedGame FromTable(TableUpload upload)
    {
        ArgumentNullException.ThrowIfNull(upload);
        var faults = new FaultList();
        var shape = UploadShape.OfTable(upload, faults);
        if (shape is null) throw faults.ToException();
        shape.CheckNames(upload.Players, upload.Actions, faults);
        if (upload.States is { Count: > 0 } names && names.Count != shape.StateCount)
            faults.Add("states", $"{names.Count} names", $"must name each of the {shape.StateCount} states, or be absent", "wrong_shape");
        if (faults.Count > 0) throw WithTableFaults(upload, shape, faults);
        return new UploadedGame(upload.Title, Fill(shape.Start(upload.Players, upload.Actions), upload, shape).Build(upload.Horizon, upload.Discount));
    }

    /// <summary>A normal-form game from Gambit's .nfg text, in the payoff or the outcome version.</summary>
    /// <param name="text">The file's text; numbers may be whole, rational, decimal or with an exponent.</param>
    /// <exception cref="VsgGymException">INVALID_ARGUMENT with line, column, what stands there and what is expected.</exception>
    public static UploadedGame FromNfg(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parsed = new NfgReader(text).Read();
        return FromNormalForm(parsed.Payoffs, parsed.Players, parsed.Actions, parsed.Title);
    }

    /// <summary>A normal-form game from Gambit's .efg text: the reduced normal form of a game of simultaneous moves or of perfect information, or of any other.</summary>
    /// <param name="text">The file's text, format version 2; numbers as in <see cref="FromNfg"/>.</param>
    /// <exception cref="VsgGymException">INVALID_ARGUMENT with line, column, what stands there and what is expected; RESOURCE_EXHAUSTED where tree or normal form are too large.</exception>
    public static UploadedGame FromEfg(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var normal = EfgConversion.ToNormalForm(new EfgReader(text).Read());
        return FromNormalForm(normal.Payoffs, normal.Players, normal.Actions, normal.Title);
    }

    /// <inheritdoc/>
    public override Drawing Draw(in World world) => TableDrawing.Draw(_title, _table, world);

    /// <inheritdoc/>
    protected override StochasticGame Build() => _table;

    /// <summary>Names are wrong: looks at the numbers under default names, so that all faults are told at once.</summary>
    private static VsgGymException WithTableFaults(TableUpload upload, UploadShape shape, FaultList faults)
    {
        try
        {
            Fill(shape.Start(null, null), upload with { States = null }, shape).Build(upload.Horizon, upload.Discount);
        }
        catch (VsgGymException more)
        {
            faults.AddAll(more);
        }

        return faults.ToException();
    }

    private static StochasticGameBuilder Fill(StochasticGameBuilder builder, TableUpload upload, UploadShape shape)
    {
        FillRewards(builder, upload, shape);
        FillTransitions(builder, upload, shape.StateCount);
        for (int p = 0; p < (upload.LegalActions?.Count ?? 0); p++)
        {
            double[] mask = upload.LegalActions![p].Data;
            int actions = mask.Length / shape.StateCount;
            for (int i = 0; i < mask.Length; i++)
                if (mask[i] == 0) builder.Forbid(p, i / actions, i % actions);
        }

        if (upload.Initial is not null) builder.WithInitial(WithoutNegativeZeros(upload.Initial.Data));
        if (upload.States is { Count: > 0 } names) builder.WithStateLabels(names);
        return builder;
    }

    private static void FillRewards(StochasticGameBuilder builder, TableUpload upload, UploadShape shape)
    {
        int states = shape.StateCount, rows = states * builder.JointActionCount;
        ReadOnlySpan<double> rewards = upload.Rewards is { } dense ? WithoutNegativeZeros(dense.Data) : [];
        for (int p = 0; p < shape.PlayerCount; p++)
        {
            if (!rewards.IsEmpty) builder.WithRewards(p, rewards.Slice(p * rows, rows));
            for (int s = 0; s < states && upload.TerminalRewards is not null; s++)
                builder.SetTerminalReward(p, s, upload.TerminalRewards.Data[(p * states) + s] + 0.0);
        }

        if (upload.SparseRewards is not { } sparse) return;
        for (int i = 0; i < sparse.Count; i++)
        {
            int place = (int)sparse.Place(i), row = place % rows;
            builder.SetReward(place / rows, row / builder.JointActionCount, row % builder.JointActionCount, sparse.Values[i] + 0.0);
        }
    }

    private static void FillTransitions(StochasticGameBuilder builder, TableUpload upload, int states)
    {
        int joint = builder.JointActionCount;
        if (upload.SparseTransitions is { } sparse)
        {
            for (int i = 0; i < sparse.Count; i++)
            {
                var (row, next) = Math.DivRem(sparse.Place(i), states);
                if (sparse.Values[i] != 0) builder.AddTransition((int)(row / joint), (int)(row % joint), (int)next, sparse.Values[i]);
            }

            return;
        }

        double[] transitions = upload.Transitions!.Data;
        for (int row = 0, i = 0; row < states * joint; row++)
            for (int next = 0; next < states; next++, i++)
                if (transitions[i] != 0) builder.AddTransition(row / joint, row % joint, next, transitions[i]);
    }

    private static double[] WithoutNegativeZeros(double[] numbers) =>
        numbers.Any(value => value == 0 && double.IsNegative(value)) ? [.. numbers.Select(value => value + 0.0)] : numbers;
}
