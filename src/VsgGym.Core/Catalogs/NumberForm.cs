using System.ComponentModel.DataAnnotations;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace VsgGym.Core;

/// <summary>A whole number or a double in an interval.</summary>
/// <typeparam name="T">int, long, ulong or double.</typeparam>
internal sealed class NumberForm<T>(RangeAttribute? range) : OptionForm
    where T : struct, INumber<T>, IMinMaxValue<T>
{
    private static readonly bool IsWhole = typeof(T) != typeof(double);
    private readonly Interval<T> _interval = new(range);

    public override object? Read(JsonElement json, string path, FaultList faults)
    {
        if (json.ValueKind != JsonValueKind.Number)
            return WrongType(json, path, IsWhole ? "must be a whole number" : "must be a number", faults);
        return IsWhole ? ReadWhole(json, path, faults) : ReadReal(json, path, faults);
    }

    public override JsonNode? Write(object? value) => value is double number && !double.IsFinite(number)
        ? JsonValue.Create(number.ToString(System.Globalization.CultureInfo.InvariantCulture)) // JSON has no such number; reading refuses it
        : JsonValue.Create((T)value!);

    public override JsonObject Schema()
    {
        var schema = new JsonObject { ["type"] = IsWhole ? "integer" : "number" };
        _interval.Describe(schema);
        return schema;
    }

    private object? ReadWhole(JsonElement json, string path, FaultList faults)
    {
        double near = json.GetDouble();
        // Decimals keep all 64 bits of a seed; they round tiny fractions away, which the double still shows.
        bool fits = json.TryGetDecimal(out decimal exact);
        if (near != Math.Truncate(near) || (fits && exact != decimal.Truncate(exact)))
            return WrongType(json, path, "must be a whole number", faults);
        if (!fits || exact < decimal.CreateChecked(T.MinValue) || exact > decimal.CreateChecked(T.MaxValue))
        {
            faults.Add(path, Raw(json), _interval.Show(whole: true), "out_of_range");
            return null;
        }

        return InRange(T.CreateChecked(exact), json, path, faults);
    }

    private object? ReadReal(JsonElement json, string path, FaultList faults)
    {
        double number = json.GetDouble();
        if (double.IsFinite(number)) return InRange(T.CreateChecked(number), json, path, faults);
        faults.Add(path, Raw(json), "must be finite: it exceeds the range of a double", "not_finite");
        return null;
    }

    private object? InRange(T number, JsonElement json, string path, FaultList faults)
    {
        if (_interval.Contains(number)) return number;
        faults.Add(path, Raw(json), _interval.Show(whole: false), "out_of_range");
        return null;
    }
}
