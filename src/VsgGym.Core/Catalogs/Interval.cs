using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Numerics;
using System.Text.Json.Nodes;

namespace VsgGym.Core;

/// <summary>The numbers an option may have, from its [Range].</summary>
/// <typeparam name="T">The option's type.</typeparam>
internal sealed class Interval<T>
    where T : struct, INumber<T>, IMinMaxValue<T>
{
    private readonly T _minimum = T.MinValue;
    private readonly T _maximum = T.MaxValue;
    private readonly bool _aboveMinimum;
    private readonly bool _belowMaximum;

    /// <summary>Reads the attribute; without one, every number of the type is allowed.</summary>
    /// <exception cref="ArgumentException">The bounds are not numbers, or nothing lies between them.</exception>
    public Interval(RangeAttribute? range)
    {
        if (range is null) return;
        (_minimum, _maximum) = (Bound(range.Minimum), Bound(range.Maximum));
        (_aboveMinimum, _belowMaximum) = (range.MinimumIsExclusive, range.MaximumIsExclusive);
        if (_minimum > _maximum || (_minimum == _maximum && (_aboveMinimum || _belowMaximum)))
            throw new ArgumentException($"no number is in {Show(true)}", nameof(range));
    }

    private bool HasMinimum => _minimum > T.MinValue || _aboveMinimum;

    private bool HasMaximum => _maximum < T.MaxValue || _belowMaximum;

    public bool Contains(T value) =>
        (_aboveMinimum ? value > _minimum : value >= _minimum) && (_belowMaximum ? value < _maximum : value <= _maximum);

    /// <summary>The rule as a sentence part; <paramref name="whole"/> names both ends even where one is the type's own.</summary>
    public string Show(bool whole) => (HasMinimum || whole, HasMaximum || whole) switch
    {
        (true, true) => $"must be in {(_aboveMinimum ? '(' : '[')}{Text(_minimum)}, {Text(_maximum)}{(_belowMaximum ? ')' : ']')}",
        (true, false) => $"must be {(_aboveMinimum ? "above" : "at least")} {Text(_minimum)}",
        _ => $"must be {(_belowMaximum ? "below" : "at most")} {Text(_maximum)}",
    };

    /// <summary>Adds the bounds to a schema.</summary>
    public void Describe(JsonObject schema)
    {
        if (HasMinimum || T.MinValue == T.Zero) schema[_aboveMinimum ? "exclusiveMinimum" : "minimum"] = JsonValue.Create(_minimum);
        if (HasMaximum) schema[_belowMaximum ? "exclusiveMaximum" : "maximum"] = JsonValue.Create(_maximum);
    }

    private static T Bound(object bound) => bound switch
    {
        int number => T.CreateSaturating(number),
        double number => T.CreateSaturating(Math.Clamp(number, double.MinValue, double.MaxValue)),
        _ => T.Parse(Convert.ToString(bound, CultureInfo.InvariantCulture)!, NumberStyles.Any, CultureInfo.InvariantCulture),
    };

    private static string Text(T number) => number.ToString(null, CultureInfo.InvariantCulture);
}
