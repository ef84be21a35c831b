using System.Reflection;
using VsgGym.Numerics;

namespace VsgGym.Core;

/// <summary>The one public constructor of an entry; its arguments are found by their types.</summary>
internal sealed class EntryConstructor
{
    private readonly ConstructorInfo _constructor;

    private EntryConstructor(ConstructorInfo constructor, Type optionsType) => (_constructor, OptionsType) = (constructor, optionsType);

    /// <summary>The options record; an empty one for entries without options.</summary>
    public Type OptionsType { get; }

    /// <summary>Checks an entry's class; null when a fault was added.</summary>
    public static EntryConstructor? Of(Type type, EntryKind kind, Action<string, string> fault)
    {
        var (contract, given) = kind switch
        {
            EntryKind.Game => (typeof(Game), (Type[])[]),
            EntryKind.Solver => (typeof(IAlgorithm), [typeof(StochasticGame), typeof(RandomStream)]),
            EntryKind.Learner => (typeof(ILearner), [typeof(Environment), typeof(RandomStream)]),
            _ => (typeof(IMetric), []),
        };
        if (type.IsAbstract || type.ContainsGenericParameters || !contract.IsAssignableFrom(type))
        {
            fault($"must be a concrete class of type {contract.Name}", "wrong_contract");
            return null;
        }

        var constructors = type.GetConstructors();
        if (constructors.Length != 1)
        {
            fault($"must have exactly one public constructor, not {constructors.Length}", "bad_constructor");
            return null;
        }

        var parameters = constructors[0].GetParameters().Select(parameter => parameter.ParameterType).ToArray();
        var others = parameters.Where(parameter => !given.Contains(parameter)).ToArray();
        return Check(kind, parameters, others, fault)
            ? new EntryConstructor(constructors[0], kind == EntryKind.Metric ? typeof(NoOptions) : others[0])
            : null;
    }

    /// <summary>Makes the entry.</summary>
    /// <param name="arguments">At most one of each type.</param>
    public object Invoke(params object[] arguments)
    {
        var chosen = _constructor.GetParameters().Select(parameter => Array.Find(arguments, parameter.ParameterType.IsInstanceOfType)!);
        return _constructor.Invoke(BindingFlags.DoNotWrapExceptions, null, [.. chosen], null);
    }

    private static bool Check(EntryKind kind, Type[] parameters, Type[] others, Action<string, string> fault)
    {
        string shown = $"({string.Join(", ", parameters.Select(parameter => parameter.Name))})";
        bool repeats = parameters.Distinct().Count() != parameters.Length;
        if (kind == EntryKind.Metric)
        {
            if (parameters.Length > 0) fault($"a metric's constructor takes no arguments, not {shown}", "bad_constructor");
            return parameters.Length == 0;
        }

        if (others.Length == 0)
        {
            fault($"the constructor {shown} must take an options record", "missing_options");
            return false;
        }

        var (subject, wanted) = kind switch
        {
            EntryKind.Game => (null, "(Options)"),
            EntryKind.Solver => (typeof(StochasticGame), "(StochasticGame, Options[, RandomStream])"),
            _ => (typeof(Environment), "(Environment, Options[, RandomStream])"),
        };
        if (others.Length == 1 && !repeats && (subject is null || parameters.Contains(subject))) return true;
        fault($"the constructor must be {wanted}, not {shown}", "bad_constructor");
        return false;
    }

    /// <summary>What an entry without options takes: nothing.</summary>
    private sealed record NoOptions;
}
