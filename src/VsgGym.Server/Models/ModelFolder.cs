using System.Text.RegularExpressions;
using Google.Protobuf;
using VsgGym.Core;
using Proto = VsgGym.Protocol.V1;

namespace VsgGym.Server.Models;

/// <summary>A directory of model files, each with its description as JSON beside it. The description is written last and removed first: it makes the model.</summary>
/// <param name="directory">The directory; made by the first write.</param>
internal sealed partial class ModelFolder(string directory)
{
    private const string ModelEnding = ".onnx", DescriptionEnding = ".json", UnfinishedEnding = ".unfinished";

    private static readonly JsonFormatter Formatter = new(JsonFormatter.Settings.Default.WithIndentation());

    /// <summary>Every model of the directory, the damaged ones too; what a crash left unfinished is removed.</summary>
    public IEnumerable<StoredModel> Load()
    {
        if (!Directory.Exists(directory)) return [];
        foreach (string unfinished in Directory.EnumerateFiles(directory, "*" + UnfinishedEnding)) File.Delete(unfinished);
        return Directory.EnumerateFiles(directory)
            .Where(file => Path.GetExtension(file) is ModelEnding or DescriptionEnding)
            .Select(Path.GetFileNameWithoutExtension)
            .Where(id => Id().IsMatch(id!)).Distinct(StringComparer.Ordinal)
            .Select(id => Load(id!)).ToList();
    }

    /// <summary>Writes a model so that after a crash it is there in full or not at all.</summary>
    /// <exception cref="VsgGymException">The disk is full, or the directory cannot be written.</exception>
    public StoredModel Write(Proto.Model description, ReadOnlySpan<byte> bytes)
    {
        string file = PathOf(description.ModelId, ModelEnding);
        try
        {
            Directory.CreateDirectory(directory);
            File.Delete(PathOf(description.ModelId, DescriptionEnding)); // of a damaged one
            WriteWhole(file, bytes);
            WriteWhole(PathOf(description.ModelId, DescriptionEnding), System.Text.Encoding.UTF8.GetBytes(Formatter.Format(description) + "\n"));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw VsgGymException.OverLimit("models", null, $"the server could not write the model: {error.Message}", "write_failed");
        }

        return new StoredModel(description, file);
    }

    /// <summary>Removes a model's files.</summary>
    public void Delete(string id)
    {
        if (!Directory.Exists(directory)) return;
        File.Delete(PathOf(id, DescriptionEnding));
        File.Delete(PathOf(id, ModelEnding));
    }

    private static void WriteWhole(string path, ReadOnlySpan<byte> bytes)
    {
        string unfinished = path + UnfinishedEnding;
        using (var stream = new FileStream(unfinished, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            stream.Write(bytes);
            stream.Flush(flushToDisk: true);
        }

        File.Move(unfinished, path, overwrite: true);
    }

    private StoredModel Load(string id)
    {
        string file = PathOf(id, ModelEnding);
        var bare = new Proto.Model { ModelId = id, File = id + ModelEnding, Bytes = File.Exists(file) ? new FileInfo(file).Length : 0 };
        try
        {
            if (!File.Exists(PathOf(id, DescriptionEnding))) return new StoredModel(bare, file, "its description is gone");
            var description = Proto.Model.Parser.ParseJson(File.ReadAllText(PathOf(id, DescriptionEnding)));
            if (description.ModelId != id || !description.Sha256.StartsWith(id[ModelStore.Prefix.Length..], StringComparison.Ordinal))
                return new StoredModel(bare, file, "its description is of another model");
            var model = new StoredModel(description, file);
            string? damage = model.CurrentDamage;
            if (damage is null && StoredModel.HashOf(File.ReadAllBytes(file)) != description.Sha256) damage = "its bytes are not those it was kept with";
            return model with { Damage = damage };
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidProtocolBufferException)
        {
            return new StoredModel(bare, file, $"it cannot be read: {error.Message}");
        }
    }

    private string PathOf(string id, string ending) => Path.Combine(directory, id + ending);

    [GeneratedRegex("^upload-[0-9a-f]{24}$")]
    private static partial Regex Id();
}
