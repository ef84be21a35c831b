namespace VsgGym.Core;

/// <summary>A tabular game of the catalog: its rules fill a builder, and the options that all such games share do the rest.</summary>
/// <param name="options">The game's options.</param>
public abstract class CatalogTable(TabularOptions options) : TabularGame
{
    /// <summary>A label per feature, [F], F at least 1.</summary>
    protected virtual IReadOnlyList<string> FeatureLabels => ["state"];

    /// <inheritdoc/>
    public sealed override Environment CreateEnvironment() => options.Observation switch
    {
        ObservationForm.OneHot => new TabularEnvironment(Table, StateVectors.OneHot(Table)),
        ObservationForm.Features => new TabularEnvironment(Table, StateVectors.Of(Table.StateCount, FeatureLabels, WriteFeatures)),
        _ => new TabularEnvironment(Table),
    };

    /// <summary>Players, actions, rewards, transitions and labels; terminal rewards only where the options have a horizon.</summary>
    /// <returns>A builder that has not built yet.</returns>
    protected abstract StochasticGameBuilder Lay();

    /// <summary>Writes a state's features; by default its number.</summary>
    /// <param name="state">In [0, S).</param>
    /// <param name="features">[F].</param>
    protected virtual void WriteFeatures(int state, Span<float> features) => features[0] = state;

    /// <inheritdoc/>
    protected sealed override StochasticGame Build()
    {
        var builder = Lay();
        if (options.Repeat) builder.Restart();
        return builder.Build(options.Horizon, options.Discount);
    }
}
