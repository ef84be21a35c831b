namespace VsgGym.Core;

/// <summary>One game, solver, learner or metric as the catalog describes it.</summary>
public sealed class CatalogEntry
{
    private readonly EntryConstructor _constructor;

    internal CatalogEntry(EntryKind kind, string id, string concept, Type type, EntryConstructor constructor, IReadOnlyList<EntrySource> sources)
    {
        var documentation = XmlDocumentation.Of(type.Assembly);
        (Kind, Id, Concept, Sources, _constructor) = (kind, id, concept, sources, constructor);
        (Summary, Remarks) = (documentation.Summary(type), documentation.Remarks(type));
        OptionsSchemaJson = OptionsSchema.Create(constructor.OptionsType).ToJsonString(OptionsBinder.Compact);
        DefaultOptionsJson = ResolveOptions(string.Empty, "options");
    }

    /// <summary>What it is.</summary>
    public EntryKind Kind { get; }

    /// <summary>Its id: "pursuit-v0", "rommeo_q", "nash".</summary>
    public string Id { get; }

    /// <summary>For solvers, the concept that answers are measured against where the caller names none; for metrics the id; else empty.</summary>
    public string Concept { get; }

    /// <summary>The form of games that a solver or metric takes, or null.</summary>
    public Type? Subject => _constructor.Subject;

    /// <summary>One sentence, from the class's XML summary.</summary>
    public string Summary { get; }

    /// <summary>Notation, rules and deviations, from the class's XML remarks; may be empty.</summary>
    public string Remarks { get; }

    /// <summary>Where it comes from, at least one.</summary>
    public IReadOnlyList<EntrySource> Sources { get; }

    /// <summary>The JSON Schema (2020-12) of its options.</summary>
    public string OptionsSchemaJson { get; }

    /// <summary>Its options with every default, as canonical JSON.</summary>
    public string DefaultOptionsJson { get; }

    /// <summary>Checks options and fills in the defaults.</summary>
    /// <param name="optionsJson">An object; empty means {}.</param>
    /// <param name="path">Where it stands, for faults.</param>
    /// <returns>Canonical JSON with every option.</returns>
    /// <exception cref="VsgGymException">Every fault of the options.</exception>
    public string ResolveOptions(string optionsJson, string path) =>
        OptionsBinder.ToJson(OptionsBinder.Bind(_constructor.OptionsType, optionsJson, path));

    internal object Create(string optionsJson, string path, params ReadOnlySpan<object> arguments) =>
        _constructor.Invoke([OptionsBinder.Bind(_constructor.OptionsType, optionsJson, path), .. arguments]);

    internal long EstimateBytes(ISolvableGame game, string optionsJson, string path) =>
        _constructor.EstimateBytes(game, OptionsBinder.Bind(_constructor.OptionsType, optionsJson, path));
}
