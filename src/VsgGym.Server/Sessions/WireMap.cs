using System.Globalization;
using VsgGym.Core;
using Proto = VsgGym.Protocol.V1;

namespace VsgGym.Server.Sessions;

/// <summary>The one place where the protocol's enumerations and spaces meet Core's.</summary>
internal static class WireMap
{
    /// <summary>The autoreset mode asked for; an unknown number is a fault.</summary>
    public static AutoresetMode ToCore(Proto.AutoresetMode mode, FaultList faults)
    {
        switch (mode)
        {
            case Proto.AutoresetMode.Unspecified or Proto.AutoresetMode.NextStep: return AutoresetMode.NextStep;
            case Proto.AutoresetMode.SameStep: return AutoresetMode.SameStep;
            case Proto.AutoresetMode.Disabled: return AutoresetMode.Disabled;
            default:
                faults.Add("autoreset", (int)mode, "must be 1 (next_step), 2 (same_step) or 3 (disabled)", "unknown_value");
                return AutoresetMode.NextStep;
        }
    }

    /// <summary>The rule for illegal actions asked for; an unknown number is a fault.</summary>
    public static IllegalActionRule ToCore(Proto.IllegalActionRule rule, FaultList faults)
    {
        switch (rule)
        {
            case Proto.IllegalActionRule.Unspecified or Proto.IllegalActionRule.Refuse: return IllegalActionRule.Refuse;
            case Proto.IllegalActionRule.FirstLegal: return IllegalActionRule.FirstLegal;
            default:
                faults.Add("illegal_actions", (int)rule, "must be 1 (refuse) or 2 (first_legal)", "unknown_value");
                return IllegalActionRule.Refuse;
        }
    }

    /// <summary>An autoreset mode on the wire.</summary>
    public static Proto.AutoresetMode ToWire(AutoresetMode mode) => mode switch
    {
        AutoresetMode.SameStep => Proto.AutoresetMode.SameStep,
        AutoresetMode.Disabled => Proto.AutoresetMode.Disabled,
        _ => Proto.AutoresetMode.NextStep,
    };

    /// <summary>An element type on the wire.</summary>
    public static Proto.DType ToWire(ElementType type) => type switch
    {
        ElementType.Bool => Proto.DType.Bool,
        ElementType.Int32 => Proto.DType.Int32,
        ElementType.Float32 => Proto.DType.Float32,
        _ => Proto.DType.Float64,
    };

    /// <summary>The name of an element type: "float64".</summary>
    public static string NameOf(Proto.DType type) => type switch
    {
        Proto.DType.Bool => "bool",
        Proto.DType.Int32 => "int32",
        Proto.DType.Float32 => "float32",
        Proto.DType.Float64 => "float64",
        Proto.DType.Unspecified => "unspecified",
        _ => ((int)type).ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>A field of a step's data on the wire.</summary>
    public static Proto.FieldSpec ToWire(Field field, EnvironmentSpec spec)
    {
        var wire = new Proto.FieldSpec
        {
            Kind = ToWire(field.Kind),
            Player = spec.Players[field.Player],
            Dtype = ToWire(field.ElementType),
            Offset = field.Offset,
            Bytes = field.Bytes,
        };
        foreach (int extent in field.Shape) wire.Shape.Add(extent);
        return wire;
    }

    /// <summary>A space on the wire.</summary>
    public static Proto.Space ToWire(Space space)
    {
        if (space is BoxSpace box)
        {
            var wire = new Proto.BoxSpace();
            wire.Low.AddRange(box.Low);
            wire.High.AddRange(box.High);
            wire.Labels.AddRange(box.Labels);
            return new Proto.Space { Box = wire };
        }

        var discrete = (DiscreteSpace)space;
        var numbers = new Proto.DiscreteSpace { Count = discrete.Count };
        numbers.Labels.AddRange(discrete.Labels);
        return new Proto.Space { Discrete = numbers };
    }

    private static Proto.FieldKind ToWire(FieldKind kind) => kind switch
    {
        FieldKind.Reward => Proto.FieldKind.Reward,
        FieldKind.Observation => Proto.FieldKind.Observation,
        FieldKind.FinalObservation => Proto.FieldKind.FinalObservation,
        FieldKind.LegalActions => Proto.FieldKind.LegalActions,
        FieldKind.Terminated => Proto.FieldKind.Terminated,
        FieldKind.Truncated => Proto.FieldKind.Truncated,
        _ => Proto.FieldKind.Live,
    };
}
