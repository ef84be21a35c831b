using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;

namespace VsgGym.Core;

/// <summary>Builds the form of an options record by reflection, once per type.</summary>
internal sealed class OptionForms
{
    private static readonly ConcurrentDictionary<Type, RecordForm> Known = new();
    private readonly NullabilityInfoContext _nullability = new();
    private readonly List<Fault> _faults = [];
    private readonly Stack<Type> _open = new();

    private OptionForms()
    {
    }

    /// <summary>The form of an options record.</summary>
    /// <exception cref="CatalogException">The record is declared in a way that cannot be read; every fault is listed.</exception>
    public static RecordForm Of(Type type) => Known.GetOrAdd(type, static wanted =>
    {
        var forms = new OptionForms();
        var form = forms.Record(wanted);
        if (form is null || forms._faults.Count > 0) throw new CatalogException([.. forms._faults]);
        CheckDefaults(wanted, form);
        return form;
    });

    /// <summary>Reads the record's own defaults back, which applies every rule to them.</summary>
    private static void CheckDefaults(Type type, RecordForm form)
    {
        var faults = new FaultList();
        using var defaults = JsonSerializer.SerializeToDocument(form.Write(form.CreateDefault()));
        form.Read(defaults.RootElement, Name(type), faults);
        if (faults.Count > 0)
            throw new CatalogException([.. faults.ToException().Faults.Select(fault => fault with { Rule = $"the default {fault.Rule}" })]);
    }

    private RecordForm? Record(Type type)
    {
        if (_open.Contains(type)) return Fault<RecordForm>(type, "an options record must not contain itself", "bad_options");
        var constructors = type.GetConstructors().Where(c => c.GetParameters().All(p => p.HasDefaultValue)).ToArray();
        if (!type.IsClass || type.IsAbstract || constructors.Length == 0)
            return Fault<RecordForm>(type, "an options record must be a class that can be made without arguments", "bad_options");
        _open.Push(type);
        var properties = type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.SetMethod is { IsPublic: true } && property.GetMethod is { IsPublic: true } && property.GetIndexParameters().Length == 0)
            .OrderBy(property => property.MetadataToken)
            .Select(Option)
            .OfType<OptionProperty>()
            .ToList();
        _open.Pop();
        return new RecordForm(constructors.OrderBy(c => c.GetParameters().Length).First(), properties);
    }

    private OptionProperty? Option(PropertyInfo property)
    {
        string summary = XmlDocumentation.Of(property.DeclaringType!.Assembly).Summary(property);
        if (summary.Length == 0) Fault<object>(property, "an option needs an XML summary", "missing_summary");
        foreach (var attribute in property.GetCustomAttributes<ValidationAttribute>().Where(a => a is not RangeAttribute))
            Fault<object>(property, $"of the validation attributes only [Range] is read, not [{attribute.GetType().Name}]", "bad_options");
        var range = property.GetCustomAttribute<RangeAttribute>();
        bool nullable = !property.PropertyType.IsValueType && _nullability.Create(property).WriteState == NullabilityState.Nullable;
        try
        {
            var form = Form(property.PropertyType, range, property);
            if (form is null) return null;
            string name = JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name);
            return new OptionProperty(name, property, nullable ? new NullableForm(form) : form, summary);
        }
        catch (Exception error) when (error is ArgumentException or FormatException or OverflowException)
        {
            return Fault<OptionProperty>(property, $"its [Range] cannot be read: {error.Message}", "bad_options");
        }
    }

    private OptionForm? Form(Type type, RangeAttribute? range, PropertyInfo property)
    {
        if (Nullable.GetUnderlyingType(type) is { } inner) return Form(inner, range, property) is { } form ? new NullableForm(form) : null;
        if (type == typeof(int)) return new NumberForm<int>(range);
        if (type == typeof(long)) return new NumberForm<long>(range);
        if (type == typeof(ulong)) return new NumberForm<ulong>(range);
        if (type == typeof(double)) return new NumberForm<double>(range);
        if (Element(type) is { } element)
            return Form(element, range, property) is { } form ? new ArrayForm(element, form, type.IsValueType) : null;
        if (range is not null) return Fault<OptionForm>(property, "[Range] is for numbers and arrays of numbers", "bad_options");
        if (type == typeof(bool)) return new BoolForm();
        if (type == typeof(string)) return new StringForm();
        if (type.IsEnum) return new EnumForm(type);
        if (IsOptionValue(type)) return (OptionForm)Activator.CreateInstance(typeof(ValueForm<>).MakeGenericType(type))!;
        return type.Namespace?.StartsWith("System", StringComparison.Ordinal) == true
            ? Fault<OptionForm>(property, $"{type.Name} is no type of an option", "bad_options")
            : Record(type);
    }

    private static Type? Element(Type type)
    {
        if (type.IsSZArray) return type.GetElementType();
        bool isList = type.IsGenericType && (type.GetGenericTypeDefinition() == typeof(ImmutableArray<>) || type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>));
        return isList ? type.GetGenericArguments()[0] : null;
    }

    private static bool IsOptionValue(Type type) => type.GetInterfaces().Any(face =>
        face.IsGenericType && face.GetGenericTypeDefinition() == typeof(IOptionValue<>) && face.GetGenericArguments()[0] == type);

    private T? Fault<T>(MemberInfo member, string rule, string reason)
        where T : class
    {
        string path = member is Type type ? Name(type) : $"{Name(member.DeclaringType!)}.{member.Name}";
        _faults.Add(new Fault(path, string.Empty, rule, reason));
        return null;
    }

    private static string Name(Type type) => (type.FullName ?? type.Name).Replace('+', '.');
}
