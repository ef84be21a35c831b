using System.Security.Cryptography;
using VsgGym.Core;
using Proto = VsgGym.Protocol.V1;

namespace VsgGym.Server.Models;

/// <summary>One model file on disk.</summary>
/// <param name="Description">What the server says of it.</param>
/// <param name="Path">Where the file lies.</param>
/// <param name="Damage">What is wrong with the file as it was found, or null.</param>
internal sealed record StoredModel(Proto.Model Description, string Path, string? Damage = null)
{
    /// <summary>Where a damaged model says so in its metadata.</summary>
    public const string DamageKey = "damaged";

    /// <summary>The model's id.</summary>
    public string Id => Description.ModelId;

    /// <summary>What is wrong with the file now, as far as its size tells; null where nothing is.</summary>
    public string? CurrentDamage
    {
        get
        {
            if (Damage is not null) return Damage;
            var file = new FileInfo(Path);
            if (!file.Exists) return "its file is gone";
            return file.Length == Description.Bytes ? null : $"its file has {file.Length} bytes instead of {Description.Bytes}";
        }
    }

    /// <summary>The description for a caller; a damaged model says so in its metadata.</summary>
    public Proto.Model ToWire()
    {
        if (CurrentDamage is not { } damage) return Description;
        var wire = Description.Clone();
        wire.Metadata[DamageKey] = damage;
        return wire;
    }

    /// <summary>The file's bytes, checked against their hash.</summary>
    /// <param name="path">The field of the request that names the model: "model_id", "others.prey".</param>
    /// <exception cref="VsgGymException">The file is damaged.</exception>
    public byte[] Read(string path)
    {
        string? damage = CurrentDamage;
        byte[] bytes = [];
        try
        {
            if (damage is null) bytes = File.ReadAllBytes(Path);
            if (damage is null && HashOf(bytes) != Description.Sha256) damage = "its bytes are not those it was kept with";
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            damage = $"its file cannot be read: {error.Message}";
        }

        if (damage is null) return bytes;
        string way = Description.RunId.Length > 0 ? "resume or repeat the run" : "upload it again";
        throw VsgGymException.OutOfOrder(path, Id, $"this model is damaged: {damage}; {way}", "damaged_model");
    }

    /// <summary>The SHA-256 of bytes in lower-case hexadecimal digits.</summary>
    public static string HashOf(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
