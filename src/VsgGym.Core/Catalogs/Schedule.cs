using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace VsgGym.Core;

/// <summary>A number that moves with time, given as data: a plain number, or {"kind": "exponential", "from": 500, "rate": 0.1, "floor": 0.1}.</summary>
/// <remarks>
/// Kinds, at time t = 0, 1, ...: constant: value; linear: from "from" to "to" in "steps" steps, then "to"; exponential:
/// from * exp(-rate * max(t - start, 0)) + floor, start 0 unless given; hyperbolic: scale / (scale + t). Every kind is monotone in t.
/// </remarks>
public sealed record Schedule : IOptionValue<Schedule>
{
    private readonly ScheduleKind _kind;
    private readonly double _first;
    private readonly double _second;
    private readonly double _third;
    private readonly double _fourth;

    private Schedule(ScheduleKind kind, double first, double second = 0, double third = 0, double fourth = 0) =>
        (_kind, _first, _second, _third, _fourth) = (kind, first, second, third, fourth);

    /// <summary>The same number at every time.</summary>
    /// <param name="value">Finite.</param>
    public static Schedule Constant(double value) => new(ScheduleKind.Constant, value);

    /// <summary>A straight line, then flat.</summary>
    /// <param name="from">The value at time 0, finite.</param>
    /// <param name="to">The value from time <paramref name="steps"/> on, finite.</param>
    /// <param name="steps">At least 1.</param>
    public static Schedule Linear(double from, double to, long steps) => new(ScheduleKind.Linear, from, to, steps);

    /// <summary>from * exp(-rate * max(t - start, 0)) + floor.</summary>
    /// <param name="from">What is added to the floor up to the start, finite.</param>
    /// <param name="rate">Per unit of time, at least 0.</param>
    /// <param name="floor">The limit, finite. Default 0.</param>
    /// <param name="start">The time from which it falls, at least 0. Default 0.</param>
    public static Schedule Exponential(double from, double rate, double floor = 0, long start = 0) => new(ScheduleKind.Exponential, from, rate, floor, start);

    /// <summary>scale / (scale + t).</summary>
    /// <param name="scale">Above 0: the time at which the value is one half.</param>
    public static Schedule Hyperbolic(double scale) => new(ScheduleKind.Hyperbolic, scale);

    /// <summary>The value at a time.</summary>
    /// <param name="t">At least 0.</param>
    public double At(long t) => _kind switch
    {
        ScheduleKind.Constant => _first,
        ScheduleKind.Linear => t >= _third ? _second : _first + ((_second - _first) * (t / _third)),
        ScheduleKind.Exponential => (_first * Math.Exp(-_second * Math.Max(t - _fourth, 0))) + _third,
        _ => _first / (_first + t),
    };

    /// <summary>Adds a fault unless the schedule stays in an interval from time 0 to a last time; exact, as every kind is monotone.</summary>
    /// <param name="path">Where the schedule stands: "options.temperature".</param>
    /// <param name="lastTime">At least 0.</param>
    /// <param name="minimum">The values must lie above it.</param>
    /// <param name="maximum">The values must not exceed it, and must be finite in any case.</param>
    /// <param name="faults">Gets the fault.</param>
    public void CheckWithin(string path, long lastTime, double minimum, double maximum, FaultList faults)
    {
        ArgumentNullException.ThrowIfNull(faults);
        foreach (long t in (ReadOnlySpan<long>)[0, lastTime])
        {
            double value = At(t);
            if (double.IsFinite(value) && value > minimum && value <= maximum) continue;
            string upper = double.IsPositiveInfinity(maximum) ? "finite" : string.Create(CultureInfo.InvariantCulture, $"at most {maximum}");
            faults.Add(path, value, string.Create(CultureInfo.InvariantCulture, $"must stay above {minimum} and {upper}; this is its value at time {t}"), "out_of_range");
            return;
        }
    }

    /// <inheritdoc/>
    public static Schedule Parse(JsonElement json, string path, FaultList faults)
    {
        ArgumentNullException.ThrowIfNull(faults);
        if (json.ValueKind == JsonValueKind.Number)
        {
            double value = json.GetDouble();
            if (double.IsFinite(value)) return Constant(value);
            faults.Add(path, json.GetRawText(), "must be finite", "not_finite");
            return Constant(0);
        }

        if (json.ValueKind == JsonValueKind.Object) return ScheduleForm.Parse(json, path, faults);
        faults.Add(path, json.GetRawText(), "must be a number or a schedule such as {\"kind\": \"linear\", \"from\": 1, \"to\": 0, \"steps\": 100}", "wrong_type");
        return Constant(0);
    }

    /// <inheritdoc/>
    public static JsonObject Schema() => ScheduleForm.Schema();

    /// <inheritdoc/>
    public JsonNode ToJson() => _kind == ScheduleKind.Constant ? JsonValue.Create(_first) : ScheduleForm.Write(_kind, [_first, _second, _third, _fourth]);

    /// <summary>The schedule of a kind from its fields in the order they are declared.</summary>
    internal static Schedule Of(ScheduleKind kind, ReadOnlySpan<double> fields) =>
        new(kind, fields[0], fields.Length > 1 ? fields[1] : 0, fields.Length > 2 ? fields[2] : 0, fields.Length > 3 ? fields[3] : 0);
}
