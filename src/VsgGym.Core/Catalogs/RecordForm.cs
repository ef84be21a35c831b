using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace VsgGym.Core;

/// <summary>An options record as an object: one member per public property that can be set.</summary>
internal sealed class RecordForm : OptionForm
{
    private readonly ConstructorInfo _constructor;
    private readonly Dictionary<string, OptionProperty> _properties;

    /// <summary>Takes what <see cref="OptionForms"/> found.</summary>
    /// <param name="constructor">Without parameters, or with a default for each.</param>
    /// <param name="properties">The options, in the order of their declaration.</param>
    public RecordForm(ConstructorInfo constructor, IEnumerable<OptionProperty> properties)
    {
        _constructor = constructor;
        _properties = properties.ToDictionary(property => property.Name, StringComparer.Ordinal);
    }

    /// <summary>A record with every default.</summary>
    public object CreateDefault() => _constructor.Invoke(
        BindingFlags.DoNotWrapExceptions, null, [.. _constructor.GetParameters().Select(parameter => parameter.DefaultValue)], null);

    public override object? Read(JsonElement json, string path, FaultList faults)
    {
        if (json.ValueKind != JsonValueKind.Object) return WrongType(json, path, "must be an object", faults);
        object options = CreateDefault();
        foreach (var member in json.EnumerateObject())
        {
            string at = $"{path}.{member.Name}";
            if (!_properties.TryGetValue(member.Name, out var property))
            {
                faults.Add(at, Raw(member.Value), NearName.Rule("option", member.Name, _properties.Keys), "unknown_option");
                continue;
            }

            int sound = faults.Count;
            object? value = property.Form.Read(member.Value, at, faults);
            if (faults.Count == sound) property.Property.SetValue(options, value);
        }

        // Judged also beside other faults, so that all come at once; an option that could not be read keeps its default here.
        if (options is IValidatedOptions validated) validated.Validate(path, faults);
        return options;
    }

    public override JsonNode? Write(object? value)
    {
        var json = new JsonObject();
        foreach (var (name, property) in _properties)
            json[name] = property.Property.GetValue(value) is { } part ? property.Form.Write(part) : null;
        return json;
    }

    public override JsonObject Schema()
    {
        object defaults = CreateDefault();
        var members = new JsonObject();
        foreach (var (name, property) in _properties)
        {
            var member = property.Form.Schema();
            member["description"] = property.Summary;
            member["default"] = property.Property.GetValue(defaults) is { } value ? property.Form.Write(value) : null;
            members[name] = member;
        }

        return new JsonObject { ["type"] = "object", ["properties"] = members, ["additionalProperties"] = false };
    }
}

/// <summary>One option of a record.</summary>
/// <param name="Name">snake_case.</param>
/// <param name="Property">The property behind it.</param>
/// <param name="Form">Its values.</param>
/// <param name="Summary">Its XML summary.</param>
internal sealed record OptionProperty(string Name, PropertyInfo Property, OptionForm Form, string Summary);
