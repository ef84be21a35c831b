using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using VsgGym.Core;

namespace VsgGym.Runs;

/// <summary>Events as lines of JSON: {"sequence":1,"step":100,"metrics":[0.5,"NaN"]}.</summary>
internal static class EventText
{
    private static readonly JsonWriterOptions Form = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>An event as a line with its end.</summary>
    public static byte[] Write(RunEvent happened)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text, Form))
        {
            json.WriteStartObject();
            json.WriteNumber("sequence", happened.Sequence); // first: a log is counted by it
            json.WriteNumber("step", happened.Step);
            WriteBody(json, happened);
            json.WriteEndObject();
        }

        text.WriteByte((byte)'\n');
        return text.ToArray();
    }

    /// <summary>Reads a line.</summary>
    /// <exception cref="JsonException">It is no event.</exception>
    public static RunEvent Read(ReadOnlyMemory<byte> line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            return Read(document.RootElement);
        }
        catch (Exception error) when (error is KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new JsonException(error.Message, error);
        }
    }

    private static void WriteBody(Utf8JsonWriter json, RunEvent happened)
    {
        switch (happened)
        {
            case MetricsEvent metrics:
                Numbers(json, "metrics", metrics.Values);
                break;
            case EvaluationEvent evaluation:
                json.WriteStartObject("evaluation");
                EvaluationText.Write(json, evaluation.Evaluation);
                json.WriteEndObject();
                break;
            case CheckpointEvent checkpoint:
                json.WriteStartObject("checkpoint");
                json.WriteString("sha256", checkpoint.Sha256);
                json.WriteNumber("bytes", checkpoint.Bytes);
                json.WriteEndObject();
                break;
            case ExportEvent export:
                json.WritePropertyName("export");
                JsonSerializer.Serialize(json, export.Models, StoredParts.Form);
                break;
            case EndEvent end:
                json.WritePropertyName("end");
                JsonSerializer.Serialize(json, new StoredEnd(end.State, end.Reason, end.Faults), StoredParts.Form);
                break;
            default:
                throw new ArgumentException($"{happened.GetType().Name} has no form", nameof(happened));
        }
    }

    private static RunEvent Read(JsonElement json)
    {
        long sequence = json.GetProperty("sequence").GetInt64(), step = json.GetProperty("step").GetInt64();
        if (json.TryGetProperty("metrics", out var metrics))
            return new MetricsEvent(sequence, step, [.. metrics.EnumerateArray().Select(JsonNumbers.Read)]);
        if (json.TryGetProperty("evaluation", out var evaluation))
            return new EvaluationEvent(sequence, step, EvaluationText.Read(evaluation));
        if (json.TryGetProperty("checkpoint", out var checkpoint))
            return new CheckpointEvent(sequence, step, checkpoint.GetProperty("sha256").GetString()!, checkpoint.GetProperty("bytes").GetInt64());
        if (json.TryGetProperty("export", out var export))
            return new ExportEvent(sequence, step, export.Deserialize<ImmutableArray<ExportedModel>>(StoredParts.Form));
        var end = json.GetProperty("end").Deserialize<StoredEnd>(StoredParts.Form) ?? throw new JsonException("the end is null");
        return new EndEvent(sequence, step, end.State, end.Reason, end.Faults);
    }

    private static void Numbers(Utf8JsonWriter json, string name, ImmutableArray<double> values)
    {
        json.WriteStartArray(name);
        foreach (double value in values) JsonNumbers.Write(json, value);
        json.WriteEndArray();
    }

    private sealed record StoredEnd(RunState State, string Reason, ImmutableArray<Fault> Faults);
}
