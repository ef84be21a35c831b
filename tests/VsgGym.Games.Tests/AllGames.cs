using System.Reflection;
using VsgGym.Core;

namespace VsgGym.Games.Tests;

/// <summary>Every class marked as a game, made with its default options.</summary>
internal static class AllGames
{
    public static TheoryData<string> Ids => [.. Names];

    public static IEnumerable<string> Names => [.. Types().Select(type => type.GetCustomAttribute<GameAttribute>()!.Id).Order(StringComparer.Ordinal)];

    public static Game Create(string id)
    {
        var constructor = Assert.Single(Types().Single(type => type.GetCustomAttribute<GameAttribute>()!.Id == id).GetConstructors());
        object options = Activator.CreateInstance(constructor.GetParameters().Single().ParameterType)!;
        return (Game)constructor.Invoke([options]);
    }

    private static IEnumerable<Type> Types() =>
        typeof(Climbing).Assembly.GetTypes().Where(type => type.GetCustomAttribute<GameAttribute>() is not null);
}
