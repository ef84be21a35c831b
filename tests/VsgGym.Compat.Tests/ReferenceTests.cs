using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Runtime.CompilerServices;
using Grpc.AspNetCore.Server;
using Grpc.Net.Client;

namespace VsgGym.Compat.Tests;

/// <summary>Everything the official binaries refer to in the two assemblies is there.</summary>
public sealed class ReferenceTests
{
    // More than enough for a signature's type parameters; which types they are does not matter for resolving.
    private static readonly Type[] Arguments = [.. Enumerable.Repeat(typeof(object), 8)];

    public static TheoryData<Type> Binaries => new(typeof(GrpcServiceOptions), typeof(GrpcChannel), typeof(ReferenceTests));

    [Theory]
    [MemberData(nameof(Binaries))]
    public void EveryReference_Resolves(Type inBinary)
    {
        var module = inBinary.Assembly.ManifestModule;
        using var file = new PEReader(File.OpenRead(inBinary.Assembly.Location));
        var reader = file.GetMetadataReader();
        var references = References(reader);

        var missing = references.Select(handle => Problem(module, handle)).OfType<string>().ToList();

        Assert.True(references.Count > 50, $"only {references.Count} references were found");
        Assert.Empty(missing);
    }

    [Theory]
    [MemberData(nameof(Binaries))]
    public void EveryType_Loads(Type inBinary) => Assert.NotEmpty(inBinary.Assembly.GetTypes());

    [Theory]
    [InlineData("Grpc.Core.Api")]
    [InlineData("Grpc.Net.Common")]
    public void Identity_IsTheOfficialOne(string name)
    {
        var assembly = Assembly.Load(name).GetName();
        var official = typeof(GrpcChannel).Assembly;

        Assert.Contains(official.GetReferencedAssemblies(), wanted => wanted.FullName == assembly.FullName);
        Assert.Equal(official.GetName().GetPublicKey(), assembly.GetPublicKey());
    }

    private static List<EntityHandle> References(MetadataReader reader)
    {
        var types = reader.TypeReferences.Where(handle => IsOurs(reader, handle)).Select(handle => (EntityHandle)handle);
        var members = reader.MemberReferences
            .Where(handle => Owner(reader, reader.GetMemberReference(handle).Parent) is { } type && IsOurs(reader, type))
            .Select(handle => (EntityHandle)handle);
        return [.. types, .. members];
    }

    private static TypeReferenceHandle? Owner(MetadataReader reader, EntityHandle parent)
    {
        if (parent.Kind == HandleKind.TypeSpecification)
        {
            var signature = reader.GetBlobReader(reader.GetTypeSpecification((TypeSpecificationHandle)parent).Signature);
            if (signature.ReadSignatureTypeCode() != SignatureTypeCode.GenericTypeInstance)
                return null;
            signature.ReadByte();
            parent = signature.ReadTypeHandle();
        }

        return parent.Kind == HandleKind.TypeReference ? (TypeReferenceHandle)parent : null;
    }

    private static bool IsOurs(MetadataReader reader, TypeReferenceHandle handle)
    {
        var scope = reader.GetTypeReference(handle).ResolutionScope;
        if (scope.Kind == HandleKind.TypeReference)
            return IsOurs(reader, (TypeReferenceHandle)scope);
        return scope.Kind == HandleKind.AssemblyReference
            && reader.GetString(reader.GetAssemblyReference((AssemblyReferenceHandle)scope).Name)
                is "Grpc.Core.Api" or "Grpc.Net.Common";
    }

    private static string? Problem(Module module, EntityHandle handle)
    {
        try
        {
            var member = module.ResolveMember(MetadataTokens.GetToken(handle), Arguments, Arguments);
            return CanSee(module.Assembly, member!) ? null : $"{member} is not visible";
        }
        catch (Exception exception) when (exception is MissingMemberException or TypeLoadException or ArgumentException)
        {
            return exception.Message;
        }
    }

    // Resolving does not look at visibility.
    private static bool CanSee(Assembly binary, MemberInfo member)
    {
        var visible = member switch
        {
            MethodBase method => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly,
            FieldInfo field => field.IsPublic,
            Type type => type.IsVisible || type.IsNestedFamily || type.IsNestedFamORAssem,
            _ => false,
        };
        return visible || member.Module.Assembly.GetCustomAttributes<InternalsVisibleToAttribute>()
            .Any(friend => friend.AssemblyName.StartsWith(binary.GetName().Name + ",", StringComparison.Ordinal));
    }
}
