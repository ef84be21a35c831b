using System.Reflection;
using VsgGym.Numerics;

namespace VsgGym.Core;

/// <summary>The one public constructor of an entry; its arguments are found by their types.</summary>
internal sealed class EntryConstructor
{
    private static readonly Type[] Forms = [typeof(StochasticGame), typeof(MeanFieldGame), typeof(FlowGraph), typeof(ISolvableGame)];

    private readonly ConstructorInfo _constructor;
    private readonly MethodInfo? _estimate;

    private EntryConstructor(ConstructorInfo constructor, Type? subject, Type optionsType, MethodInfo? estimate) =>
        (_constructor, Subject, OptionsType, _estimate) = (constructor, subject, optionsType, estimate);

    /// <summary>What it is made for: a form of games, environments for learners, null for games.</summary>
    public Type? Subject { get; }

    /// <summary>The options record; an empty one for entries without options.</summary>
    public Type OptionsType { get; }

    /// <summary>Checks an entry's class; null when a fault was added.</summary>
    public static EntryConstructor? Of(Type type, EntryKind kind, Action<string, string> fault)
    {
        var rules = EntryRules.Of(kind);
        if (type.IsAbstract || type.ContainsGenericParameters || !rules.Contract.IsAssignableFrom(type))
        {
            fault($"must be a concrete class of type {rules.Contract.Name}", "wrong_contract");
            return null;
        }

        var constructors = type.GetConstructors();
        if (constructors.Length != 1)
        {
            fault($"must have exactly one public constructor, not {constructors.Length}", "bad_constructor");
            return null;
        }

        var parameters = constructors[0].GetParameters().Select(parameter => parameter.ParameterType).ToArray();
        Type? subject = Array.Find(parameters, rules.Subjects.Contains);
        var others = parameters.Where(parameter => parameter != subject && !rules.Extras.Contains(parameter)).ToArray();
        if (!rules.Check(parameters, subject, others, fault)) return null;
        var options = others.Length == 1 ? others[0] : typeof(NoOptions);
        var estimate = kind == EntryKind.Solver ? Estimate(type, subject!, options, fault) : null;
        return kind == EntryKind.Solver && estimate is null ? null : new EntryConstructor(constructors[0], subject, options, estimate);
    }

    /// <summary>Makes the entry.</summary>
    /// <param name="arguments">At most one of each type.</param>
    public object Invoke(params object[] arguments)
    {
        var chosen = _constructor.GetParameters().Select(parameter => Array.Find(arguments, parameter.ParameterType.IsInstanceOfType)!);
        return _constructor.Invoke(BindingFlags.DoNotWrapExceptions, null, [.. chosen], null);
    }

    /// <summary>The bytes that a solver will take for a game.</summary>
    public long EstimateBytes(object subject, object options) =>
        (long)_estimate!.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [subject, options], null)!;

    private static MethodInfo? Estimate(Type type, Type subject, Type options, Action<string, string> fault)
    {
        var method = type.GetMethod("EstimateBytes", BindingFlags.Public | BindingFlags.Static, [subject, options]);
        if (method?.ReturnType == typeof(long)) return method;
        fault($"needs a public static long EstimateBytes({subject.Name}, {options.Name}), so that a solve too large is refused before it starts", "missing_estimate");
        return null;
    }

    /// <summary>What an entry without options takes: nothing.</summary>
    internal sealed record NoOptions;

    /// <summary>What the constructor of one kind of entries may take.</summary>
    private sealed record EntryRules(Type Contract, Type[] Subjects, Type[] Extras, bool NeedsOptions, string Wanted)
    {
        public static EntryRules Of(EntryKind kind) => kind switch
        {
            EntryKind.Game => new(typeof(Game), [], [], true, "(Options)"),
            EntryKind.Solver => new(typeof(IAlgorithm), Forms, [typeof(RandomStream), typeof(WorkCrew), typeof(CancellationToken)], true, "(game, Options[, RandomStream][, WorkCrew][, CancellationToken])"),
            EntryKind.Learner => new(typeof(ILearner), [typeof(Environment)], [typeof(RandomStream)], true, "(Environment, Options[, RandomStream])"),
            _ => new(typeof(IMetric), Forms, [typeof(WorkCrew)], false, "(game[, Options][, WorkCrew])"),
        };

        public bool Check(Type[] parameters, Type? subject, Type[] others, Action<string, string> fault)
        {
            string shown = $"({string.Join(", ", parameters.Select(parameter => parameter.Name))})";
            if (NeedsOptions && others.Length == 0)
            {
                fault($"the constructor {shown} must take an options record", "missing_options");
                return false;
            }

            bool repeats = parameters.Distinct().Count() != parameters.Length;
            if (others.Length <= 1 && !repeats && (subject is not null || Subjects.Length == 0)) return true;
            fault($"the constructor must be {Wanted}, not {shown}{(Subjects.Length > 1 ? $"; the game is one of {string.Join(", ", Subjects.Select(form => form.Name))}" : string.Empty)}", "bad_constructor");
            return false;
        }
    }
}
